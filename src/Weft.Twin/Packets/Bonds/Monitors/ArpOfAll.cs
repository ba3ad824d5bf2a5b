// The ARP monitor where all ports carry traffic (bond_loadbalance_arp_mon): every port asks, and every port must hear something itself. Behind a
// switch that sends all answers back over one of them, the others are taken for dead.

namespace Weft.Twin.Packets.Bonds.Monitors;

internal sealed class ArpOfAll(Bond bond) : ArpMonitor(bond)
{
    protected override void Poll()
    {
        var (found, elects, missed) = (false, false, Bond.Options.ArpMissedMax);
        foreach (var port in Bond.Ports)
        {
            port.Proposed = null;
            if (port.Health != Health.Up)
            {
                if (HasAsked(port, 1) && HasHeardAny(port, 1))
                {
                    port.Proposed = Health.Up;
                    elects |= Bond.Active is null;
                }
            }
            else if (!HasAsked(port, missed) || !HasHeardAny(port, missed))
            {
                port.Proposed = Health.Down;
                port.Failures++;
                elects |= port == Bond.Active;
            }
            found |= port.Proposed is not null;
            if (port.IsRunning)
                Ask(port);
        }
        if (!found)
            return;
        foreach (var port in Bond.Ports)
        {
            port.Health = port.Proposed ?? port.Health;
            // bond_slave_state_change.
            port.IsBackup = port.Health != Health.Up;
            if (port.Proposed is { } now)
                Tell(port, now == Health.Up ? "up" : "down", now == Health.Up ? "a target answered" : $"nothing was heard for {missed} intervals and a half");
        }
        Bond.Mode.HealthChanged(Bond.Ports[0]);
        if (elects)
            Bond.Election.Select();
    }
}
