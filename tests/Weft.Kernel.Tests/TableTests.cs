// The attribute table and the netlink sets are joined by name: a line that no set knows could never be sent.

using Weft.Linux;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Netlink;

namespace Weft.Kernel.Tests;

public sealed class TableTests
{
    public static TheoryData<string, string, Home> Lines =>
        [.. Table.All.Where(line => line.Home is Home.Data or Home.Port && !Kinds.IsElsewhere(line)).Select(line => (line.Kinds[0].Word, line.Name, line.Home))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_attribute_has_a_line_in_the_netlink_set_of_its_kind(string kind, string name, Home home)
    {
        var line = Table.All.Single(line => line.Name == name && line.Home == home && line.Kinds.Any(of => of.Word == kind));
        var wire = new Dictionary<string, Value> { [line.Wire] = line.Shape switch { ListOf => Value.Of(["192.0.2.1"]), AddressShape => Value.Of("192.0.2.1"), PortRange => Value.Of("1-2"), MacShape or LinkLocalGroup => Value.Of("02:00:00:00:00:01"), MapOf => new Value.Map(Fields.Empty.With("1", Value.Of(2))), _ => Value.Of(1) } };
        var set = (line.Home, kind) switch
        {
            (Home.Data, "bond") => (IAttributes?)Scatter.Into<BondData>(wire),
            (Home.Data, "vlan") => Scatter.Into<VlanData>(wire),
            (Home.Data, "macvlan") => Scatter.Into<MacvlanData>(wire),
            (Home.Data, "vxlan") => Kinds.Tunnel(Kinds.Spelled(LinkKind.Vxlan, wire)),
            (Home.Data, "vrf") => Scatter.Into<VrfData>(wire),
            (Home.Data, "bridge") => Scatter.Into<BridgeData>(wire),
            (Home.Port, "bond") => Scatter.Into<BondPortData>(wire),
            (Home.Port, "bridge") => Scatter.Into<BridgePortData>(wire),
            _ => null,
        };
        if (line.Shape is PortRange)
            ((VxlanData)set!).PortRange.ShouldBe(new UdpPorts(1, 2));
        else
            Gather.From(set).ShouldContainKey(line == VxlanLines.Remote ? VxlanLines.Group.Wire : line.Wire);
    }
}
