// Hosts to be drawn, from the smallest to one with everything that is hard to draw: many alike, faults among them, guests,
// long edges, crossings, circles and hostile names.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Tests.Picture;

internal static class Scenes
{
    /// <summary>Every scene by its name.</summary>
    public static IReadOnlyDictionary<string, Host> All { get; } = new Dictionary<string, Host>(StringComparer.Ordinal)
    {
        ["bare"] = new() { Links = [ShowObserved.Made(1, "lo", LinkKind.Of("loopback"))] },
        ["kvm"] = ShowObserved.Kvm,
        ["lacp"] = Lacp,
        ["networks-5"] = Networks(5),
        ["networks-40"] = Networks(40),
        ["networks-500"] = Networks(500),
        ["vlans-under-bonds"] = UnderBonds(60),
        ["guests"] = Guests(70),
        ["spare"] = new() { Links = [.. Enumerable.Range(2, 64).Select(index => ShowObserved.Nic(index, $"eth{index}", up: false))] },
        ["hostile"] = Hostile,
        ["circle"] = Circle,
        ["tangle"] = Tangle(7, 60),
        ["large-tangle"] = Tangle(8, 300),
        ["empty"] = Host.Empty,
    };

    /// <summary>
    /// So many VLANs with a bridge each on an active-backup bond. The first has the default gateway, the third no carrier, the
    /// fourth is down, the fifth has two guests.
    /// </summary>
    public static Host Networks(int count)
    {
        var links = new List<Link>
        {
            ShowObserved.Nic(2, "eth0", "bond0", 9000),
            ShowObserved.Nic(3, "eth1", "bond0", 9000),
            ShowObserved.Made(4, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.ActiveBackup)), (BondLines.Miimon, Value.Of(100L)), (Table.Mtu, Value.Of(9000L)))
                .With(ports: ["eth0", "eth1"], data: Fields.Empty.With("active_slave", Value.Of("eth0"))),
        };
        for (var network = 0; network < count; network++)
        {
            var (id, index) = (100 + network, 10 + (4 * network));
            var guests = network == 4 ? new[] { "vnet0", "vnet1" } : [];
            var vlan = ShowObserved.Made(index, $"bond0.{id}", LinkKind.Vlan, (VlanLines.Lower, Value.Of("bond0")), (VlanLines.Id, Value.Of((long)id))).With(master: $"br{id}");
            var bridge = ShowObserved.Made(index + 1, $"br{id}", LinkKind.Bridge, (Table.Up, Value.Of(network != 3)))
                .With(ports: [$"bond0.{id}", .. guests], addresses: network % 2 == 0 ? [$"10.{id / 256}.{id % 256}.1/24"] : null);
            links.Add(vlan);
            links.Add(network == 2 ? bridge with { State = bridge.State! with { Carrier = false } } : bridge);
            links.AddRange(guests.Select((guest, at) => ShowObserved.Made(index + 2 + at, guest, LinkKind.Of("tun")).With(master: $"br{id}")));
        }
        return new() { Links = [.. links], Routes = [ShowObserved.Default("10.0.100.254", "br100")] };
    }

    /// <summary>Two ports with carrier, of which LACP has agreed on one.</summary>
    private static Host Lacp => new()
    {
        Links =
        [
            ShowObserved.Nic(2, "eth0", "bond0").With(port: PortState(1, 0x3f)),
            ShowObserved.Nic(3, "eth1", "bond0").With(port: PortState(2, 0x47)),
            ShowObserved.Made(4, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.Lacp))).With(ports: ["eth0", "eth1"], data: Fields.Empty.With("aggregator", Value.Of(1L)).With("num_ports", Value.Of(1L))),
        ],
    };

    private static Fields PortState(long aggregator, long state) => Fields.Empty.With("ad_aggregator_id", Value.Of(aggregator)).With("ad_actor_oper_port_state", Value.Of(state));

    /// <summary>VLANs of two NICs, bonded one by one, a bridge on each bond.</summary>
    private static Host UnderBonds(int count) => new()
    {
        Links =
        [
            ShowObserved.Nic(2, "eth0"), ShowObserved.Nic(3, "eth1"),
            .. Enumerable.Range(1, count).SelectMany(id => new[]
            {
                ShowObserved.Made((10 * id) + 1, $"eth0.{id}", LinkKind.Vlan, (VlanLines.Lower, Value.Of("eth0")), (VlanLines.Id, Value.Of((long)id))).With(master: $"bond{id}"),
                ShowObserved.Made((10 * id) + 2, $"eth1.{id}", LinkKind.Vlan, (VlanLines.Lower, Value.Of("eth1")), (VlanLines.Id, Value.Of((long)id))).With(master: $"bond{id}"),
                ShowObserved.Made((10 * id) + 3, $"bond{id}", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.Xor))).With(ports: [$"eth0.{id}", $"eth1.{id}"], master: $"br{id}"),
                ShowObserved.Made((10 * id) + 4, $"br{id}", LinkKind.Bridge).With(ports: [$"bond{id}"]),
            }),
        ],
    };

    /// <summary>One bridge full of taps, some of them without carrier.</summary>
    private static Host Guests(int count) => new()
    {
        Links =
        [
            ShowObserved.Nic(2, "eth0", "br0"),
            ShowObserved.Made(3, "br0", LinkKind.Bridge).With(ports: ["eth0", .. Enumerable.Range(0, count).Select(at => $"vnet{at}")]),
            .. Enumerable.Range(0, count).Select(at => ShowObserved.Made(10 + at, $"vnet{at}", LinkKind.Of("tun")).With(master: "br0"))
                .Select((tap, at) => at % 3 == 0 ? tap with { State = tap.State! with { Carrier = false } } : tap),
        ],
    };

    private static Host Hostile => new()
    {
        Links =
        [
            ShowObserved.Nic(2, "<b>&\"']]>", "a\\\"b\\n"), ShowObserved.Nic(3, "e\u001b[2Jth0"), ShowObserved.Nic(4, "\ufffe\uffff\ud800"), ShowObserved.Nic(5, "漢字漢字漢"), ShowObserved.Nic(6, "\u202eeth"),
            ShowObserved.Made(7, "a\\\"b\\n", LinkKind.Bridge).With(ports: ["<b>&\"']]>"]),
        ],
    };

    private static Host Circle => new()
    {
        Links =
        [
            ShowObserved.Made(2, "a", LinkKind.Vlan, (VlanLines.Lower, Value.Of("b")), (VlanLines.Id, Value.Of(1L))),
            ShowObserved.Made(3, "b", LinkKind.Vlan, (VlanLines.Lower, Value.Of("a")), (VlanLines.Id, Value.Of(1L))),
            ShowObserved.Made(4, "self", LinkKind.Vlan, (VlanLines.Lower, Value.Of("self")), (VlanLines.Id, Value.Of(1L))),
            ShowObserved.Made(5, "c", LinkKind.Vlan, (VlanLines.Lower, Value.Of("a")), (VlanLines.Id, Value.Of(2L))),
        ],
    };

    /// <summary>Links on links at random: any kind on any that came before.</summary>
    private static Host Tangle(int seed, int count)
    {
        var random = new Random(seed);
        var links = new List<Link>();
        for (var at = 0; at < count; at++)
        {
            string Any() => $"l{random.Next(at)}";
            links.Add(at < 4 ? ShowObserved.Nic(at + 1, $"l{at}", carrier: random.Next(3) > 0) : random.Next(4) switch
            {
                0 => ShowObserved.Made(at + 1, $"l{at}", LinkKind.Bridge).With(ports: [Any(), Any()], addresses: ["2001:db8:1234:5678:9abc:def0:1234:5678/64"]),
                1 => ShowObserved.Made(at + 1, $"l{at}", LinkKind.Bond, (Table.Up, Value.Of(random.Next(2) == 0))).With(ports: [Any(), Any(), Any()]),
                2 => ShowObserved.Made(at + 1, $"l{at}", LinkKind.Of("tun")),
                _ => ShowObserved.Made(at + 1, $"l{at}", LinkKind.Vlan, (VlanLines.Lower, Value.Of(Any())), (VlanLines.Id, Value.Of((long)at))),
            });
        }
        return new() { Links = [.. links] };
    }
}
