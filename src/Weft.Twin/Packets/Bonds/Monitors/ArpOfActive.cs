// The ARP monitor of active-backup (bond_activebackup_arp_mon): the active port asks, and the others live by what they hear of it. Where none is
// active, one after the other is tried for an interval each, as if it were.

namespace Weft.Twin.Packets.Bonds.Monitors;

internal sealed class ArpOfActive(Bond bond) : ArpMonitor(bond)
{
    protected override void Poll()
    {
        var notices = Bond.Election.Notices;
        var isDue = notices.IsDue;
        if (Inspect())
            Commit();
        if (Bond.Active is { } active)
            Ask(active);
        else
            Search();
        // Here an interval counts only where a notice went.
        if (isDue)
            notices.Count(isDue);
    }

    /// <summary>bond_ab_arp_inspect.</summary>
    private bool Inspect()
    {
        var (found, missed) = (false, Bond.Options.ArpMissedMax);
        foreach (var port in Bond.Ports)
        {
            if (port.Health != Health.Up)
                port.Proposed = HasHeard(port, 1) ? Health.Up : port.Health == Health.Back ? Health.Failing : null;
            else if (IsWithin(port.UpAt, 2))
                port.Proposed = null;
            else if (port.IsBackup)
                port.Proposed = Candidate is null && !HasHeard(port, missed + 1) ? Health.Down : null;
            else
                port.Proposed = HasAsked(port, missed) && HasHeard(port, missed) ? null : Health.Down;
            found |= port.Proposed is not null;
        }
        return found;
    }

    /// <summary>bond_ab_arp_commit.</summary>
    private void Commit()
    {
        var elects = false;
        foreach (var port in Bond.Ports)
            switch (port.Proposed)
            {
                case Health.Up when Bond.Active != port:
                    port.Health = Health.Up;
                    Candidate?.Disable();
                    Candidate = null;
                    Tell(port, "up", "a target answered");
                    elects |= Bond.Election.IsCalledBy(port);
                    break;
                case Health.Down:
                    port.Failures++;
                    Tell(port, "down", port.IsBackup ? "nothing of the active port's traffic was heard" : "no target answered");
                    Fail(port, Health.Down);
                    if (port == Bond.Active)
                        (Candidate, elects) = (null, true);
                    break;
                case Health.Failing:
                    Fail(port, Health.Failing);
                    if (Bond.Active is not null)
                        Candidate = null;
                    break;
            }
        if (elects)
            Bond.Election.Select();
        Bond.WorkOutCarrier();
    }

    private static void Fail(BondPort port, Health health)
    {
        port.Health = health;
        port.Disable();
    }

    /// <summary>bond_ab_arp_probe: the next port that has carrier, behind the last one that was tried.</summary>
    private void Search()
    {
        var last = Candidate ?? Bond.Ports[0];
        BondPort? before = null, behind = null;
        var passed = false;
        foreach (var port in Bond.Ports)
        {
            if (port.IsRunning && !passed)
                before ??= port;
            else if (port.IsRunning)
                behind ??= port;
            else if (port.Health == Health.Up)
            {
                port.Failures++;
                Tell(port, "down", "it has no carrier");
                Fail(port, Health.Down);
            }
            passed |= port == last;
        }
        if ((behind ?? before) is not { } next)
            return;
        next.Health = Health.Back;
        next.Enable();
        Tell(next, "tried", "no port is active, and it asks the targets next");
        Ask(next);
        next.UpAt = Bond.World.Time.Now;
        Candidate = next;
    }
}
