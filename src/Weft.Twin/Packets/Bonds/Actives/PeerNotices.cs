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
        if (!bond.IsUp)
            return;
        left = bond.Options.NumGratArp * Apart;
        if (!IsDue)
            return;
        left--;
        Send();
    }

    /// <summary>A poll passed. With miimon that counts also where the notice could not be sent.</summary>
    public void Count() => left = Math.Max(0, left - 1);

    public void Send() => bond.Announce(Change.NotifyPeers);

    public void Stop() => left = 0;
}
