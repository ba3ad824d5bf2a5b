// Which port is the active one (bond_find_best_slave), and what happens when it is another (bond_change_active_slave). Every mode
// has one, and only in active-backup, balance-tlb and balance-alb does it matter; there a primary or a priority may be wanted.
//
// One trait is the kernel's own: without a primary, whoever asks for an election gets the first port with the highest priority, also
// where the active one is well and no worse. A port that comes back does not ask for one, and so nothing moves.

using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bonds.Actives;

internal sealed class Election
{
    /// <summary>How long from one report of memberships to the next.</summary>
    public const long Between = 200 * VirtualTime.Millisecond;

    private readonly Bond bond;
    private readonly Timer rejoin;
    private long rejoins;
    private bool forced;

    public Election(Bond bond)
    {
        this.bond = bond;
        Notices = new(bond);
        rejoin = new(bond.World.Time, Rejoin);
    }

    public PeerNotices Notices { get; }

    /// <summary>primary_slave: null while no port has the name.</summary>
    public BondPort? Primary { get; private set; }

    /// <summary>A port joined.</summary>
    public void Hold(BondPort joining)
    {
        // Whatever primary_reselect says: a primary that is new takes over once.
        if (joining.Device.Name == bond.Options.Primary)
            (Primary, forced) = (joining, true);
        Select();
    }

    /// <summary>Whether a port that is up again has a claim.</summary>
    public bool IsCalledBy(BondPort port) => bond.Active is not { } active || port == Primary || (bond.World.Kernel.ElectsByPrio && port.Options.Prio > active.Options.Prio);

    /// <summary>bond_select_active_slave.</summary>
    public void Select()
    {
        var best = Best();
        if (best == bond.Active)
            return;
        Change(best);
        bond.WorkOutCarrier();
    }

    /// <summary>Somebody says which port it shall be (bond_option_active_slave_set). It is no lasting wish.</summary>
    /// <returns>False where the kernel refuses it: the port is not up, or there was none before.</returns>
    public bool Choose(BondPort port)
    {
        if (port == bond.Active)
            return true;
        if (bond.Active is null || port.Health != Health.Up || !port.IsRunning)
            return false;
        Change(port);
        return true;
    }

    public void Stop()
    {
        Notices.Stop();
        rejoin.Stop();
    }

    private BondPort? Best()
    {
        if (Preferred() is { } preferred)
            return preferred;
        var (best, least) = (default(BondPort), bond.Options.Updelay);
        foreach (var port in bond.Ports)
        {
            if (port.Health == Health.Up)
                return port;
            if (port.Health == Health.Back && port.IsRunning && port.Delay < least)
                (best, least) = (port, port.Delay);
        }
        return best;
    }

    /// <summary>bond_choose_primary_or_current.</summary>
    private BondPort? Preferred()
    {
        var (active, candidate) = (bond.Active, Primary);
        if (candidate is not { Health: Health.Up })
        {
            candidate = null;
            if (!bond.World.Kernel.ElectsByPrio)
                return active is { Health: Health.Up } ? active : null;
            foreach (var port in bond.Ports)
                if (port.Health == Health.Up && (candidate is null || port.Options.Prio > candidate.Options.Prio))
                    candidate = port;
            if (candidate is null || candidate == active)
                return active is { Health: Health.Up } ? active : null;
        }
        else if (forced)
        {
            forced = false;
            return candidate;
        }
        if (active is not { Health: Health.Up })
            return candidate;
        return bond.Options.PrimaryReselect switch
        {
            PrimaryReselect.Failure => active,
            // All links here are full duplex, so that only speed makes one better.
            PrimaryReselect.Better when candidate.Device.Speed <= active.Device.Speed => active,
            _ => candidate,
        };
    }

    private void Change(BondPort? now)
    {
        var before = bond.Active;
        if (now is not null)
        {
            now.UpAt = bond.World.Time.Now;
            if (now.Health == Health.Back)
            {
                (now.Health, now.Delay) = (Health.Up, 0);
                // The array of balance-xor is not rebuilt for it.
                if (bond.Mode is not Xor)
                    bond.Mode.HealthChanged(now);
            }
        }
        bond.Active = now;
        if (bond.Mode.Elects)
        {
            before?.Disable();
            now?.Enable();
            if (bond.World.IsHeard)
                bond.World.Tell(bond, "active", now is null ? $"no port is, after {before}" : before is null ? $"{now} is the active port now" : $"{now} is the active port now, after {before}");
        }
        bond.Mode.Elected(before, now);
        if (bond.IsUp && bond.IsAssembled && bond.Options.ResendIgmp > 0 && ((bond.Mode.Elects && now is not null) || bond.Mode is RoundRobin))
        {
            rejoins = bond.Options.ResendIgmp;
            if (!rejoin.IsPending)
                rejoin.Start(bond.World.Kernel.Jiffy);
        }
    }

    /// <summary>bond_resend_igmp_join_requests_delayed.</summary>
    private void Rejoin()
    {
        bond.Announce(Links.Change.ResendIgmp);
        if (--rejoins > 0)
            rejoin.Start(bond.World.Kernel.Wait(Between));
    }
}
