// A port's LACP key holds its speed and duplex (ad_update_actor_keys, bond_3ad.c): ports of different speeds have different
// keys and so are in different aggregators, of which one works. A port with half duplex never aggregates (AD_PORT_LACP_ENABLED is off).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports that aggregate have one speed, and full duplex.</summary>
public sealed class LacpSpeedsDiffer() : Rule("lacp-speeds-differ", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "LACP aggregates ports of one speed and of full duplex: the others make an aggregator of their own, which idles";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {autoneg: false, speed: 10000, duplex: [|half|]}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active, speed: 10G}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active, speed: [|1G|]}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {autoneg: false, speed: 10000, duplex: full}}
        bonds:
          bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad}
        cabling:
          eth0: {switch: sw, port: "1", group: Po1, lacp: active, speed: 10G}
          eth1: {switch: sw, port: "2", group: Po1, lacp: active, speed: 10G}
          eth2: {switch: sw, port: "3", group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var bond in stack.Bonds.Where(bond => Bonding.Mode(bond) == BondLines.Lacp))
        {
            var nics = Speeds.Of(stack, bond);
            foreach (var nic in Speeds.Odd(stack, nics))
                yield return At(Speeds.PlaceOf(stack, nic), $"{nic.Name} has {stack.Wiring.SpeedOf(nic)} Mbit/s, and other ports of {bond.Name} {Speeds.Other(stack, nics, nic)}", $"give all ports of {bond.Name} one speed, or take {nic.Name} out of it");
            foreach (var (_, nic) in stack.PortsOf(bond).Where(port => port.Link.Settings.Word(NicLines.Duplex) == "half"))
                yield return At(nic.Settings.PlaceOf(NicLines.Duplex), $"{nic.Name} has half duplex, and is a port of {bond.Name} with mode 802.3ad", "write duplex: full");
        }
    }
}
