// What was observed of a host, as JSON and back: the snapshot that a journal carries over the death of the process that took
// it. Everything is kept that a plan looks at; facts that only people look at are not.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Apply;
using Weft.Model;
using Weft.Text;

namespace Weft.Plan;

/// <summary>Writes and reads observations. Reading throws what <see cref="JsonElement"/> throws on a document of another shape.</summary>
internal static class ObservationCode
{
    /// <summary>Bytes that are held back.</summary>
    private const int Most = 1 << 15;

    public static void Write(Utf8JsonWriter to, Observation now)
    {
        to.WriteString("epoch", now.Epoch);
        to.WriteBoolean("newLinksIpv6", now.NewLinksIpv6);
        to.WriteNumber("ticks", now.TicksPerSecond);
        to.Settings("newLinks", now.NewLinks);
        to.Settings("sysctls", now.Host.Sysctls);
        All(to, "links", now.Host.Links, Link);
        All(to, "routes", now.Host.Routes, ModelWriting.Route);
        All(to, "rules", now.Host.Rules, ModelWriting.Rule);
        All(to, "kept", now.Host.Kept, ModelWriting.Kept);
        All(to, "namesOfGone", now.Host.NamesOfGone, Names);
    }

    public static Observation Read(JsonElement from) => new(new Host
    {
        Sysctls = from.Settings("sysctls", LinkKind.Nic),
        Links = [.. from.GetProperty("links").EnumerateArray().Select(Link)],
        Routes = [.. from.GetProperty("routes").EnumerateArray().Select(ModelReading.Route)],
        Rules = [.. from.GetProperty("rules").EnumerateArray().Select(ModelReading.Rule)],
        Kept = [.. from.GetProperty("kept").EnumerateArray().Select(ModelReading.Kept)],
        NamesOfGone = from.TryGetProperty("namesOfGone", out var gone) ? [.. gone.EnumerateArray().Select(one => (one.Said("link"), one.Settings("names", LinkKind.Nic)))] : [],
    }, null)
    {
        Epoch = from.Said("epoch"),
        NewLinksIpv6 = from.GetProperty("newLinksIpv6").GetBoolean(),
        NewLinks = from.Settings("newLinks", LinkKind.Nic),
        TicksPerSecond = from.TryGetProperty("ticks", out var ticks) && ticks.GetInt32() is > 0 and var told ? told : 100,
    };

    private static void All<T>(Utf8JsonWriter to, string name, ImmutableArray<T> all, Action<Utf8JsonWriter, T> write)
    {
        to.WriteStartArray(name);
        foreach (var one in all)
        {
            to.WriteStartObject();
            write(to, one);
            to.WriteEndObject();
            if (to.BytesPending > Most)
                to.Flush(); // A host of thousands of links is not held in memory once more.
        }
        to.WriteEndArray();
    }

    private static void Names(Utf8JsonWriter to, (string Link, Settings Names) gone)
    {
        to.WriteString("link", gone.Link);
        to.Settings("names", gone.Names);
    }

    private static void Link(Utf8JsonWriter to, Link link)
    {
        to.WriteString("name", link.Name.Value);
        to.WriteString("kind", link.Kind.Word);
        to.Settings("settings", link.Settings);
        Table(to, link.Vlans);
        if (!link.Ports.IsEmpty)
            All(to, "ports", link.Ports, Port);
        if (!link.Addresses.IsEmpty)
            Words(to, "addresses", link.Addresses);
        if (!link.Lifetimes.IsEmpty)
            All(to, "lifetimes", [.. link.Lifetimes], Lasts);
        if (link.State is { } state)
        {
            to.WriteStartObject("state");
            State(to, state);
            to.WriteEndObject();
        }
    }

    private static void Lasts(Utf8JsonWriter to, KeyValuePair<IpPrefix, Lifetime> one)
    {
        to.WriteString("address", one.Key.ToString());
        to.Lifetime(one.Value);
    }

    private static void Port(Utf8JsonWriter to, Port port)
    {
        to.WriteString("name", port.Name.Value);
        to.Settings("settings", port.Settings);
        Table(to, port.Vlans);
    }

    private static void State(Utf8JsonWriter to, LinkState state)
    {
        to.WriteNumber("index", state.Index);
        to.Text("master", state.Master);
        to.Text("lower", state.Lower);
        to.WriteBoolean("carrier", state.Carrier);
        to.Text("identityMac", state.IdentityMac);
        to.WriteBoolean("macIsSet", state.MacIsSet);
        to.Text("driver", state.Driver);
        to.Text("pci", state.Pci);
        to.WriteBoolean("peerElsewhere", state.PeerElsewhere);
        if (!state.Leased.IsEmpty)
            Words(to, "leased", state.Leased);
        if (!state.Advertised.IsEmpty)
            Words(to, "advertised", state.Advertised);
        if (!state.Listed.IsEmpty)
            Words(to, "listed", state.Listed);
        if (state.Promotes)
            to.WriteBoolean("promotes", true);
    }

    private static void Table(Utf8JsonWriter to, VlanTable? vlans)
    {
        if (vlans is not null)
            to.Runs("vlans", vlans.Runs);
    }

    private static void Words<T>(Utf8JsonWriter to, string name, ImmutableArray<T> all)
        where T : notnull
    {
        to.WriteStartArray(name);
        foreach (var one in all)
            to.WriteStringValue(one.ToString());
        to.WriteEndArray();
    }

    private static Link Link(JsonElement from) => new(At.Nowhere(from.Said("name")), LinkKind.Of(from.Said("kind")))
    {
        Settings = from.Settings("settings", LinkKind.Of(from.Said("kind"))),
        Vlans = Table(from),
        Ports = from.TryGetProperty("ports", out var ports) ? [.. ports.EnumerateArray().Select(Port)] : [],
        Addresses = [.. Prefixes(from, "addresses").Select(At.Nowhere)],
        Lifetimes = from.TryGetProperty("lifetimes", out var lasting) ? lasting.EnumerateArray().ToImmutableDictionary(one => IpPrefix.Parse(one.Said("address")), one => one.Lifetime()) : Lifetime.OfNone,
        State = from.TryGetProperty("state", out var state) ? State(state) : null,
    };

    private static Port Port(JsonElement from) => new(At.Nowhere(from.Said("name")), from.Settings("settings", null)) { Vlans = Table(from) };

    private static LinkState State(JsonElement from) => new(from.GetProperty("index").GetInt32())
    {
        Master = from.Text("master"),
        Lower = from.Text("lower"),
        Carrier = from.GetProperty("carrier").GetBoolean(),
        IdentityMac = from.Text("identityMac"),
        MacIsSet = from.GetProperty("macIsSet").GetBoolean(),
        Driver = from.Text("driver"),
        Pci = from.Text("pci"),
        PeerElsewhere = from.GetProperty("peerElsewhere").GetBoolean(),
        Leased = [.. Prefixes(from, "leased")],
        Advertised = [.. Prefixes(from, "advertised")],
        Listed = [.. Prefixes(from, "listed")],
        Promotes = from.TryGetProperty("promotes", out _),
    };

    private static VlanTable? Table(JsonElement from) => from.TryGetProperty("vlans", out _) ? VlanTable.Of(from.Runs("vlans")) : null;

    private static IEnumerable<IpPrefix> Prefixes(JsonElement from, string name) =>
        from.TryGetProperty(name, out var all) ? all.EnumerateArray().Select(one => IpPrefix.Parse(one.AsText())) : [];
}
