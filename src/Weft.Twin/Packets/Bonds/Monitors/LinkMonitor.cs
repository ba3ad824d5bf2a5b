// The MII monitor (bond_mii_monitor): every miimon it looks at each port's carrier, and what it finds has to last for downdelay or
// updelay. The first poll is when the bond opens, and all later ones are told by that moment: how long an outage lasts is
// how long it is until the next of them.

using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bonds.Monitors;

internal sealed class LinkMonitor
{
    private readonly Bond bond;
    private readonly Timer timer;

    public LinkMonitor(Bond bond)
    {
        this.bond = bond;
        timer = new(bond.World.Time, Poll);
        bond.World.Polls.Add((timer, () => bond.World.Kernel.Wait(bond.Options.Miimon)));
    }

    public void Start() => timer.Start(0);

    public void Stop() => timer.Stop();

    private void Poll()
    {
        timer.Start(bond.World.Kernel.Wait(bond.Options.Miimon));
        if (bond.Ports.Count == 0)
            return;
        var notices = bond.Election.Notices;
        var isDue = notices.IsDue;
        if (Inspect())
            Commit();
        notices.Count(isDue);
    }

    /// <summary>bond_miimon_inspect.</summary>
    private bool Inspect()
    {
        var found = false;
        var ignoresUpdelay = bond.Mode is ActiveBackup ? bond.Active is null : bond.HasNoneUsable;
        foreach (var port in bond.Ports)
        {
            port.Proposed = port.IsRunning ? Seen(port, ref ignoresUpdelay) : Missed(port);
            found |= port.Proposed is not null;
        }
        return found;
    }

    private Health? Seen(BondPort port, ref bool ignoresUpdelay)
    {
        switch (port.Health)
        {
            case Health.Up:
                return null;
            case Health.Failing:
                port.UpAt = bond.World.Time.Now;
                return Health.Up;
        }
        var isNew = port.Health == Health.Down;
        if (isNew)
            port.Delay = bond.Options.Updelay;
        if (ignoresUpdelay)
            port.Delay = 0;
        if (port.Delay <= 0)
        {
            ignoresUpdelay = false;
            return Health.Up;
        }
        port.Delay--;
        return isNew ? Health.Back : null;
    }

    private Health? Missed(BondPort port)
    {
        if (port.Health is Health.Down or Health.Back)
            return port.Health == Health.Down ? null : Health.Down;
        var isNew = port.Health == Health.Up;
        if (isNew)
            port.Delay = bond.Options.Downdelay;
        if (port.Delay <= 0)
            return Health.Down;
        port.Delay--;
        return isNew ? Health.Failing : null;
    }

    /// <summary>bond_miimon_commit.</summary>
    private void Commit()
    {
        foreach (var port in bond.Ports)
            port.Health = port.Proposed ?? port.Health;
        var elects = false;
        foreach (var port in bond.Ports)
            switch (port.Proposed)
            {
                case null when port.Health == Health.Up:
                    bond.Mode.Polled(port);
                    break;
                case Health.Up when bond.Mode.NeedsSpeed && port.Device.Speed <= 0:
                    port.Health = Health.Down;
                    Tell(port, "down", "it has carrier, and nobody knows its speed");
                    break;
                case Health.Up:
                    port.UpAt = bond.World.Time.Now;
                    bond.Mode.MadeUp(port);
                    Tell(port, "up", "the poll found its carrier");
                    bond.Mode.HealthChanged(port);
                    elects |= bond.Election.IsCalledBy(port);
                    break;
                case Health.Down:
                    port.Failures++;
                    bond.Mode.MadeDown(port);
                    Tell(port, "down", "the poll found no carrier");
                    bond.Mode.HealthChanged(port);
                    elects |= port == bond.Active;
                    break;
                case Health.Failing:
                    Tell(port, "failing", "the poll found no carrier, and downdelay runs");
                    break;
                case Health.Back:
                    Tell(port, "back", "the poll found its carrier, and updelay runs");
                    break;
            }
        if (elects)
            bond.Election.Select();
        bond.WorkOutCarrier();
    }

    private void Tell(BondPort port, string did, string why)
    {
        if (bond.World.IsHeard)
            bond.World.Tell(port.Device, did, why);
    }
}
