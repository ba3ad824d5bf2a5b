// What a port knows of the other end, and for how long it believes it (ad_rx_machine). A LACPDU runs it at once; that one does not
// come is found by the tick.

namespace Weft.Twin.Packets.Bonds.Lacp;

/// <summary>AD_RX_*.</summary>
internal enum ReceiveState
{
    Fresh,
    Initialize,

    /// <summary>The link is down.</summary>
    PortDisabled,

    /// <summary>Half duplex: the port aggregates with nobody.</summary>
    LacpDisabled,

    /// <summary>Nothing has been heard for too long; another 3 s are waited for a partner.</summary>
    Expired,

    /// <summary>There is no partner.</summary>
    Defaulted,
    Current,
}

internal sealed class ReceiveMachine(LacpPort port)
{
    private const int ShortTicks = 3 * Lacp.TicksASecond, LongTicks = 90 * Lacp.TicksASecond;

    /// <summary>current_while: ticks until the other end is given up; 0 where nothing is waited for.</summary>
    private int left;

    public ReceiveState State { get; private set; }

    /// <summary>A tenth of a second has passed.</summary>
    public void Tick()
    {
        var before = State;
        if (!IsOverruled() && !TimesOut() && State == ReceiveState.PortDisabled)
            State = port.IsLacpEnabled ? ReceiveState.Expired : ReceiveState.LacpDisabled;
        if (State != before)
            Enter(null);
    }

    public void Take(in Lacpdu pdu)
    {
        if (!IsOverruled())
        {
            if (State is ReceiveState.Expired or ReceiveState.Defaulted or ReceiveState.Current)
            {
                if (State != ReceiveState.Current)
                    port.Churn.Restart();
                (left, State) = (0, ReceiveState.Current);
            }
            else if (!TimesOut() && State == ReceiveState.PortDisabled)
                State = port.IsLacpEnabled ? ReceiveState.Expired : ReceiveState.LacpDisabled;
        }
        Enter(pdu);
    }

    /// <summary>A port that begins anew, or is down, is in no other state.</summary>
    private bool IsOverruled()
    {
        if (port.Begins)
        {
            State = ReceiveState.Initialize;
            port.Churn.Restart();
            return true;
        }
        if (port.IsEnabled)
            return false;
        State = ReceiveState.PortDisabled;
        return true;
    }

    private bool TimesOut()
    {
        if (left == 0 || --left > 0)
            return false;
        State = State switch
        {
            ReceiveState.Current => ReceiveState.Expired,
            ReceiveState.Expired => ReceiveState.Defaulted,
            var state => state,
        };
        return true;
    }

    private void Enter(Lacpdu? received)
    {
        switch (State)
        {
            case ReceiveState.Initialize:
                port.IsLacpEnabled = PortKey.IsFull(port.Key);
                port.IsSelected = false;
                port.Forget();
                port.Clear(LacpState.Expired);
                State = ReceiveState.PortDisabled;
                goto case ReceiveState.PortDisabled;
            case ReceiveState.PortDisabled:
                if (port.World.Kernel.LosesSyncWhenDown)
                    port.Partner = port.Partner with { State = port.Partner.State & ~LacpState.Synchronization };
                break;
            case ReceiveState.LacpDisabled:
                port.IsSelected = false;
                port.Forget();
                port.Partner = port.Partner with { State = port.Partner.State & ~LacpState.Aggregation };
                port.Clear(LacpState.Expired);
                break;
            case ReceiveState.Expired:
                if (port.Partner.System != 0)
                    port.Tell("lacp-expired", $"no LACPDU from {port.PartnerName} for {port.Patience / Lacp.TicksASecond} s");
                port.Partner = port.Partner with { State = port.Partner.State & ~LacpState.Synchronization | LacpState.Timeout };
                left = ShortTicks;
                port.Set(LacpState.Expired);
                port.Churn.Restart();
                break;
            case ReceiveState.Defaulted:
                if (port.Partner.System != 0)
                    port.Tell("lacp-defaulted", $"still nothing from {port.PartnerName}: the port has no partner");
                if (!port.Partner.IsSameEnd(Party.Nobody))
                    port.IsSelected = false;
                port.Forget();
                port.Clear(LacpState.Expired);
                break;
            case ReceiveState.Current when received is { } pdu:
                Record(pdu);
                break;
        }
    }

    private void Record(in Lacpdu pdu)
    {
        var actor = port.Actor;
        if (pdu.Actor.System == actor.System)
        {
            // The state stays as it is, and nothing is waited for any more.
            port.Tell("lacp-loop", "a LACPDU of this bond's own system came in: the cable leads back to this host, or the other end has the same system identifier");
            return;
        }
        if (!pdu.Actor.IsSameEnd(port.Partner))
            port.IsSelected = false;
        var knowsUs = pdu.Partner.IsSameEnd(actor);
        if (!knowsUs || pdu.Partner.Differs(actor, LacpState.Activity | LacpState.Timeout | LacpState.Synchronization))
            port.NeedsToTell = true;
        // Its sync counts where it means us, or where it aggregates with nobody.
        var matched = knowsUs || !pdu.Actor.Says(LacpState.Aggregation);
        if (port.Partner.System != pdu.Actor.System)
            port.Tell("lacp-partner", $"the partner is {LacpPort.Name(pdu.Actor)}");
        port.Partner = matched ? pdu.Actor : pdu.Actor with { State = pdu.Actor.State & ~LacpState.Synchronization };
        port.Clear(LacpState.Defaulted | LacpState.Expired);
        left = port.Patience;
    }

    /// <summary>How many ticks LACPDUs may be missing.</summary>
    public static int Patience(bool isShort) => isShort ? ShortTicks : LongTicks;
}
