// When a LACPDU is due though nothing changed (ad_periodic_machine): every second or every 30 s, as the other end asks for.

namespace Weft.Twin.Packets.Bonds.Lacp;

/// <summary>AD_*_PERIODIC, AD_PERIODIC_TX.</summary>
internal enum PeriodicState
{
    Fresh,

    /// <summary>Neither end begins, or the port is down.</summary>
    None,
    Fast,
    Slow,

    /// <summary>For one tick, which the intervals are short of.</summary>
    Send,
}

internal sealed class PeriodicMachine(LacpPort port)
{
    private const int FastTicks = Lacp.TicksASecond - 1, SlowTicks = (30 * Lacp.TicksASecond) - 1;

    private int left;

    public PeriodicState State { get; private set; }

    public void Tick()
    {
        var before = State;
        State = Next();
        if (State == before)
            return;
        switch (State)
        {
            case PeriodicState.None:
                left = 0;
                break;
            case PeriodicState.Fast:
                left = FastTicks;
                break;
            case PeriodicState.Slow:
                left = SlowTicks;
                break;
            case PeriodicState.Send:
                port.NeedsToTell = true;
                break;
        }
    }

    private PeriodicState Next()
    {
        var wantsFast = port.Partner.Says(LacpState.Timeout);
        if (port.Begins || !port.IsLacpEnabled || !port.IsEnabled || !SpeaksUnasked())
            return PeriodicState.None;
        if (left > 0)
        {
            if (--left == 0)
                return PeriodicState.Send;
            if (State == PeriodicState.Slow && wantsFast)
            {
                left = 0;
                return PeriodicState.Send;
            }
            return State == PeriodicState.Fast && !wantsFast ? PeriodicState.Slow : State;
        }
        return State switch
        {
            PeriodicState.None => PeriodicState.Fast,
            PeriodicState.Send => wantsFast ? PeriodicState.Fast : PeriodicState.Slow,
            var state => state,
        };
    }

    private bool SpeaksUnasked() => port.Says(LacpState.Activity) || (port.World.Kernel.AnswersActive && port.Partner.Says(LacpState.Activity));
}
