// Labels become kernel names. A file may call a NIC `uplink1` and say `match: {mac: …}`; from here on it is known as the
// kernel knows it. A NIC is recognised by its permanent MAC, so that it is found again after a bond gave it another.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

/// <summary>A host with kernel names, and what could not be found.</summary>
public sealed record Resolved(Host Host, ImmutableArray<Finding> Findings);

public static class Resolve
{
    /// <summary>The rule of a NIC that this host does not have.</summary>
    public const string Missing = "nic-missing";

    public static Resolved Labels(Host file, Host now)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var nic in file.Of(LinkKind.Nic))
            names[nic.Name.Value] = Find(nic, now, findings);
        foreach (var same in names.Where(pair => pair.Value is not null).GroupBy(pair => pair.Value).Where(group => group.Count() > 1))
            foreach (var twice in same.Skip(1))
                findings.Add(Finding.Error("nic-match-twice", file.Find(twice.Key)!.Name.Place, $"{twice.Key} and {same.First().Key} are both {same.Key}",
                    "one NIC cannot be declared twice", "match each NIC by its own permanent MAC or PCI address"));
        foreach (var (label, kernel) in names)
            if (kernel is not null && kernel != label && file.Find(kernel) is { } other && other.Kind != LinkKind.Nic)
                findings.Add(Finding.Error("duplicate-name", other.Name.Place, $"{kernel} is declared as a {other.Kind}, and the NIC {label} is {kernel} on this host",
                    "a host has one link of each name", "give the one declared here another name"));
        return new(Rename(file, names), findings.ToImmutable());
    }

    private static string? Find(Link nic, Host now, ImmutableArray<Finding>.Builder findings)
    {
        var match = nic.Rest.Map("match") ?? Fields.Empty;
        var label = nic.Name.Value;
        if (match.Count == 0)
            match = Fields.Empty.With("name", Value.Of(label));
        var found = now.Links.Where(link => IsHardware(link) && match.All(want => Fits(link, want))).ToList();
        if (found.Count == 1)
            return found[0].Name.Value;
        var skip = nic.Rest.Word("on_missing") == "skip" && found.Count == 0;
        var wanted = string.Join(", ", match.Select(want => $"{want.Name} {want.Value}"));
        var present = string.Join(", ", now.Links.Where(IsHardware).Select(Known));
        findings.Add(found.Count > 1
            ? Finding.Error("nic-ambiguous", nic.Name.Place, $"{label} matches {string.Join(" and ", found.Select(Known))}",
                "Weft must know which NIC is meant before it touches one", "match it by its permanent MAC or PCI address")
            : new Finding(Missing, skip ? Severity.Advice : Severity.Error, nic.Name.Place, $"{label} is declared, and this host has no NIC with {wanted}",
                skip ? "on_missing: skip goes on without it" : "going on would leave half a bond or a bridge without its uplink",
                skip ? "nothing, if that is meant" : $"correct the name or match; present: {(present.Length > 0 ? present : "none")}; or say on_missing: skip"));
        return null;
    }

    /// <summary>A NIC with everything that it can be matched by.</summary>
    private static string Known(Link link) =>
        $"{Quote.Clean(link.Name.Value)} ({string.Join(", ", new[] { link.State?.IdentityMac, link.State?.Pci is { } pci ? $"pci {pci}" : null, link.State?.Driver is { } driver ? $"driver {driver}" : null }.Where(word => word is not null))})";

    /// <summary>Anything that may stand for hardware: hardware itself, and the kinds that <see cref="LinkKind.MayPassForNic"/>.</summary>
    private static bool IsHardware(Link link) => link.Kind.MayPassForNic && link.Name.Value != "lo";

    private static bool Fits(Link link, Field want) => want.Name.Value switch
    {
        "mac" => link.State?.IdentityMac == want.Value.ToString() && link.Kind == LinkKind.Nic,
        "pci" => link.State?.Pci == want.Value.ToString(),
        "driver" => link.State?.Driver == want.Value.ToString(),
        "name" => link.Name.Value == want.Value.ToString(),
        _ => false,
    };

    /// <summary>
    /// The host with each NIC under its kernel name; NICs that were not found are gone from it, also as ports, and with them what cannot be
    /// without: a VLAN on one, a VLAN on that, a route over either.
    /// </summary>
    private static Host Rename(Host host, Dictionary<string, string?> names)
    {
        var gone = names.Where(pair => pair.Value is null).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        for (var grown = gone.Count > 0; grown;)
        {
            grown = false;
            foreach (var link in host.Links.Where(link => link.Lower is { } lower && gone.Contains(lower)))
                grown |= gone.Add(link.Name.Value);
        }
        bool Here(string name) => !gone.Contains(name);
        string Name(string name) => names.GetValueOrDefault(name) ?? name;
        At<string> Moved(At<string> name) => At.Of(Name(name.Value), name.Place);
        Settings Refer(Settings settings)
        {
            foreach (var reference in LowerLines.All.Add(BondLines.Primary))
                if (settings.Get(reference) is { Value: Value.Word word, Place: var place })
                    settings = settings.With(reference, At.Of(Value.Of(Name(word.Text)), place));
            return settings;
        }
        // A port without its backup is still one; the kernel would not take the name of a link that is not there.
        Settings BackedUp(Settings port) => port.Get(BridgePortLines.BackupPort) is not { Value: Value.Word word, Place: var place } ? port
            : Here(word.Text) ? port.With(BridgePortLines.BackupPort, At.Of(Value.Of(Name(word.Text)), place)) : port.Without(BridgePortLines.BackupPort);
        bool Leads(NextHop way) => way.Link is not { } over || Here(over.Value);
        return host with
        {
            Links =
            [
                .. host.Links.Where(link => Here(link.Name.Value)).Select(link => link with
                {
                    Name = Moved(link.Name),
                    Settings = Refer(link.Settings),
                    Ports = [.. link.Ports.Where(port => Here(port.Name.Value)).Select(port => port with { Name = Moved(port.Name), Settings = BackedUp(port.Settings) })],
                }),
            ],
            Routes = [.. host.Routes.Where(route => route.Ways.Any(Leads)).Select(route => route.Over([.. route.Ways.Where(Leads).Select(way => way.Link is { } link ? way with { Link = Moved(link) } : way)]))],
        };
    }
}
