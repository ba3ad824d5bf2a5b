// peer_notif_delay is the time between two gratuitous ARPs (bond_should_notify_peers, bond_main.c): with num_grat_arp 1 there are no two, and other modes than active-backup send none at
// all, but for 802.3ad with broadcast_neighbor. The kernel takes it wherever miimon runs.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Where notifications have a distance there are several.</summary>
public sealed class PeerNotifDelayAlone() : Rule("peer-notif-delay-alone", Severity.Warning)
{
    public override string Why => "the delay is that between two peer notifications, and this bond sends no two";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, peer_notif_delay: [|500|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, peer_notif_delay: 500, num_grat_arp: 3}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where bond.Settings.Number(BondLines.PeerNotifDelay) > 0 && Bonding.Miimon(bond) > 0 && Bonding.NotifiesOnce(bond)
        select At(bond.Settings.PlaceOf(BondLines.PeerNotifDelay), $"{bond.Name} has peer_notif_delay {bond.Settings.Number(BondLines.PeerNotifDelay)}, and {Sends(bond)}", Bonding.Mode(bond) == BondLines.ActiveBackup ? "add num_grat_arp: 3, or remove the delay" : "remove it");

    private static string Sends(Model.Link bond) => Bonding.Mode(bond) == BondLines.ActiveBackup ? "num_grat_arp is 1" : $"mode {Bonding.Mode(bond)} sends no peer notifications";
}
