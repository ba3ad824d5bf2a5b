// Telling the neighbours after a failover (send_peer_notif): so many notices, so many polls apart. Whoever has an address on the bond, or on
// a VLAN or MACVLAN above it, sends gratuitous ARPs and neighbour advertisements then. A bridge above it does not pass a notice
// on, and neither do those above the bridge hear of it.

using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bonds.Actives;

internal sealed class PeerNotices(Bond bond)
{
    private long left;

    private long Apart => Math.Max(1, bond.Options.PeerNotifDelay);

    /// <summary>bond_should_notify_peers.</summary>
    public bool IsDue => bond.Active is not null && left > 0 && left % Apart == 0 && bond.HasCarrier;

    /// <summary>Another port is active.</summary>
    public void Begin()
    {
        if (!bond.IsUp || !bond.IsAssembled)
            return;
        left = bond.Options.NumGratArp * Apart;
        if (!IsDue)
            return;
        left--;
        Send();
    }

    /// <summary>
    /// A poll by miimon passed, also the one that found the failure: it counts whether a notice went or not. So the second of several goes a poll early, of three a poll apart
    /// only two go, and a single one is lost where the bond has no carrier until after the failover (seen on 6.1.176).
    /// </summary>
    /// <param name="isDue">Whether one was due when the poll began.</param>
    public void Count(bool isDue)
    {
        if (left == 0)
            return;
        left--;
        if (isDue)
            Send();
    }

    private void Send() => bond.Announce(Change.NotifyPeers);

    public void Stop() => left = 0;
}
