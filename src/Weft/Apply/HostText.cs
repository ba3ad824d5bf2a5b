// A declared host in print, as ledger and journal carry it: host files in YAML, so that it reads as what it is. Printing
// thousands of links takes longer than sending them, so what was printed for the one is kept for the other.

using System.Text.Json;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;

namespace Weft.Apply;

/// <summary>A declared host in print.</summary>
/// <param name="Expanded">With its networks as links.</param>
/// <param name="Written">What of the file as it was written reads otherwise; null where it had no networks.</param>
public sealed record HostText(string Expanded, string? Written)
{
    public static HostText Of(Host host) => new(HostWriter.Write(host), host.Networks.Any() ? HostWriter.Write(Otherwise(host.AsWritten)) : null);

    public void Write(Utf8JsonWriter to, string name)
    {
        to.WriteString(name, Expanded);
        if (Written is not null)
            to.WriteString("written", Written);
    }

    /// <summary>What <see cref="Write"/> wrote; null for anything else.</summary>
    public static Host? Read(JsonElement from, string name) =>
        Host(from.GetProperty(name)) is not { } host ? null
        : from.TryGetProperty("written", out var written) && Host(written) is { } said ? host with { AsWritten = said.AsWritten } : host;

    public static Host? Host(JsonElement yaml)
    {
        var reading = HostFile.Read(LedgerFile.Name, yaml.GetString() ?? "");
        return reading.HasErrors ? null : reading.Host;
    }

    /// <summary>
    /// What reads otherwise in the file as it was written, for `Expanded` has its networks as links: these, the guests in them, and the
    /// bridges whose VLANs they are.
    /// </summary>
    private static Host Otherwise(Host file) => new()
    {
        Links = [.. file.Of(LinkKind.Bridge).Where(bridge => bridge.Settings.Flag(BridgeLines.VlanFiltering) == true)],
        Rest = new(file.Rest.Where(section => section.Name.Value is "networks" or "guests")),
    };
}
