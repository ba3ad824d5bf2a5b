// Hand-made observed hosts for the tests of what is shown: complete enough that every fact on a line has somewhere to come
// from, and small enough to be read.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Tests;

internal static class ShowObserved
{
    public static Link Nic(int index, string name, string? master = null, long mtu = 1500, bool up = true, bool carrier = true) => new(At.Nowhere(name), LinkKind.Nic)
    {
        Settings = Basic(index, mtu, up).With(Table.Ipv6, Value.Of(master is null)),
        State = new LinkState(index) { Master = master, Carrier = carrier, IdentityMac = Mac(index), Speed = carrier && up ? 10000 : null },
    };

    public static Link Made(int index, string name, LinkKind kind, params (Attribute Attribute, Value Value)[] settings)
    {
        var all = kind.Section is null ? Settings.Empty : Settings.Of(Table.OfLink(kind).Where(line => line.Home == Home.Data && line.Default(Settings.Empty) is not null)
            .Select(line => KeyValuePair.Create(line, At.Nowhere(line.Default(Settings.Empty)!))));
        all = all.With(Basic(index, 1500, up: true)).With(Table.Ipv6, Value.Of(false));
        return new Link(At.Nowhere(name), kind)
        {
            Settings = all.With(Settings.Of(settings.Select(pair => KeyValuePair.Create(pair.Attribute, At.Nowhere(pair.Value))))),
            State = new LinkState(index) { Carrier = true, IdentityMac = Mac(index) },
        };
    }

    public static Link With(this Link link, string? master = null, string[]? ports = null, string[]? addresses = null, Fields? data = null, Fields? port = null) => link with
    {
        Ports = ports is null ? link.Ports : [.. ports.Select(name => new Port(At.Nowhere(name), Settings.Empty))],
        Addresses = addresses is null ? link.Addresses : [.. addresses.Select(text => At.Nowhere(IpPrefix.Parse(text)))],
        State = link.State! with
        {
            Master = master ?? link.State.Master,
            Facts = new Fields([.. new[] { ("data", data), ("port", port) }.Where(pair => pair.Item2 is not null).Select(pair => new Field(At.Nowhere(pair.Item1), At.Nowhere<Value>(new Value.Map(pair.Item2!))))]),
        },
    };

    public static Route Default(string via, string link, byte protocol = 4) =>
        new(At.Nowhere(IpPrefix.Everything(via.Contains(':', StringComparison.Ordinal)))) { Via = At.Nowhere(IPAddress.Parse(via)), Link = At.Nowhere(link), Protocol = protocol, Scope = "global" };

    public static string Mac(int index) => $"02:00:00:00:00:{index:x2}";

    /// <summary>The host of the examples: two NICs, an LACP bond, a VLAN, a bridge with the host's address and a guest's tap.</summary>
    public static Host Kvm { get; } = new()
    {
        Links =
        [
            Made(1, "lo", LinkKind.Of("loopback"), (Table.Mtu, Value.Of(65536L)), (Table.Ipv6, Value.Of(true))).With(addresses: ["127.0.0.1/8"]),
            Nic(2, "eth0", "bond0", 9000).With(port: PortState(1, 0x3f)),
            Nic(3, "eth1", "bond0", 9000, carrier: false).With(port: PortState(2, 0x47)),
            Nic(4, "eth2", up: false),
            Made(5, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.Lacp)), (BondLines.Miimon, Value.Of(100L)), (Table.Mtu, Value.Of(9000L)), (Table.Mac, Value.Of(Mac(2))))
                .With(ports: ["eth0", "eth1"], data: Numbers(("aggregator", 1), ("num_ports", 1)).With("partner_mac", Value.Of("aa:bb:cc:00:00:01"))),
            Made(6, "bond0.3080", LinkKind.Vlan, (VlanLines.Lower, Value.Of("bond0")), (VlanLines.Id, Value.Of(3080L)), (Table.Mtu, Value.Of(9000L)), (Table.Mac, Value.Of(Mac(2)))).With(master: "br3080"),
            Made(7, "bond0.3081", LinkKind.Vlan, (VlanLines.Lower, Value.Of("bond0")), (VlanLines.Id, Value.Of(3081L)), (Table.Mtu, Value.Of(1500L)), (Table.Mac, Value.Of(Mac(2))), (Table.Ipv6, Value.Of(true)))
                .With(addresses: ["172.20.81.11/24"]),
            Made(8, "br3080", LinkKind.Bridge, (Table.Mtu, Value.Of(1500L)), (Table.Ipv6, Value.Of(true))).With(ports: ["bond0.3080", "vnet0"], addresses: ["172.20.80.11/24"]),
            Made(9, "vnet0", LinkKind.Of("tun")).With(master: "br3080"),
        ],
        Routes = [Default("172.20.80.1", "br3080"), Default("fe80::1", "br3080", protocol: 9)],
    };

    private static Fields PortState(long aggregator, long state) => Numbers(("ad_aggregator_id", aggregator), ("ad_actor_oper_port_state", state));

    private static Fields Numbers(params (string Name, long Number)[] numbers) => new(numbers.Select(pair => new Field(At.Nowhere(pair.Name), At.Nowhere(Value.Of(pair.Number)))));

    private static Settings Basic(int index, long mtu, bool up) =>
        Settings.Empty.With(Table.Up, Value.Of(up)).With(Table.Mtu, Value.Of(mtu)).With(Table.Mac, Value.Of(Mac(index)));
}
