// Two NICs a bond on the Linux bridge and two to four on Open vSwitch are what XenServer supports (docs.xenserver.com, networking); xapi itself counts none of them.
// A bond of one port is bond-of-one's, a port of two bonds port-has-two-masters'.

using Weft.Text;

namespace Weft.Check;

/// <summary>A bond of XenServer has two ports; up to four on Open vSwitch.</summary>
public sealed class XenserverBondPorts() : Rule("xenserver-bond-ports", Severity.Error, mayBeAllowed: true)
{
    private const int MostOnBridge = 2, MostOnOpenVswitch = 4;

    public override string Why => "XenServer supports bonds of two NICs on the Linux bridge and of two to four on Open vSwitch, and its tools make no others";

    public override string Bad => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1, [|eth2|]], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in XenServer.IsAsked(stack) ? stack.Bonds : []
        let most = XenServer.IsOpenVswitch(stack) ? MostOnOpenVswitch : MostOnBridge
        let own = stack.PortsOf(bond).Where(port => stack.MasterOf(port.Link) == bond).ToList()
        where own.Count > most
        select At(own[most].Entry.Name.Place, $"{bond.Name} has {own.Count} ports, and with this backend XenServer takes {most}", $"leave {most} of them in");
}
