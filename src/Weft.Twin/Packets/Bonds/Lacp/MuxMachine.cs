// Whether a port passes frames (ad_mux_machine). It waits 2 s for others that may come to its aggregator, says that it is in sync,
// and passes frames when the other end says so too: both ways at once, or with coupled_control off first in and then out.

namespace Weft.Twin.Packets.Bonds.Lacp;

/// <summary>AD_MUX_*.</summary>
internal enum MuxState
{
    Fresh,
    Detached,

    /// <summary>For 2 s, and until all ports of the aggregator have waited.</summary>
    Waiting,
    Attached,
    Collecting,
    Distributing,
    CollectingDistributing,
}

internal sealed class MuxMachine(LacpPort port)
{
    private const int Wait = 2 * Lacp.TicksASecond;

    private int left;

    public MuxState State { get; private set; }

    private bool PartnerIsInSync => port.Partner.Says(LacpState.Synchronization);

    private bool PartnerCollects => port.Partner.Says(LacpState.Collecting);

    /// <summary>Selected, and both ends say that they are in sync.</summary>
    private bool IsAgreed => port.IsSelected && PartnerIsInSync && port.Says(LacpState.Synchronization);

    private bool IsInActive => port.Aggregator is { IsActive: true };

    public void Tick()
    {
        var before = State;
        State = port.Begins ? MuxState.Detached : Next();
        if (State != before)
            Enter(before);
    }

    private MuxState Next()
    {
        switch (State)
        {
            case MuxState.Detached:
                return port.IsSelected ? MuxState.Waiting : State;
            case MuxState.Waiting when !port.IsSelected:
                return Detach();
            case MuxState.Waiting:
                if (left > 0 && --left == 0)
                    port.HasWaited = true;
                // A port that waited stays here until the last of its aggregator has: the port before that one sees it a tick later.
                port.Aggregator?.WorkOutReady();
                return port.IsReady && left == 0 ? MuxState.Attached : State;
            case MuxState.Attached when port.IsSelected && PartnerIsInSync && !port.Mode.IsHeldBack:
                return !IsInActive ? State : port.Mode.Options.CoupledControl ? MuxState.CollectingDistributing : MuxState.Collecting;
            case MuxState.Attached when !port.IsSelected:
                return Detach();
            case MuxState.Attached:
                if (IsInActive)
                    port.Set(LacpState.Synchronization);
                return State;
            case MuxState.CollectingDistributing when !IsAgreed:
            case MuxState.Collecting when !IsAgreed:
                return MuxState.Attached;
            case MuxState.Collecting when PartnerCollects:
                return MuxState.Distributing;
            case MuxState.Collecting:
                if (IsInActive && port.IsReceiveDisabled)
                    port.EnableCollecting();
                return State;
            case MuxState.Distributing when !IsAgreed || !PartnerCollects:
                return MuxState.Collecting;
            case MuxState.CollectingDistributing:
            case MuxState.Distributing:
                // Its link was down, or its aggregator not the active one.
                if (IsInActive && port.Port.IsBackup)
                    EnablePort();
                return State;
            default:
                return State;
        }
    }

    private MuxState Detach()
    {
        port.HasWaited = false;
        port.Aggregator?.WorkOutReady();
        return MuxState.Detached;
    }

    private void Enter(MuxState before)
    {
        switch (State)
        {
            case MuxState.Detached:
                port.Clear(LacpState.Synchronization | LacpState.Passing);
                DisablePort();
                port.NeedsToTell = true;
                break;
            case MuxState.Waiting:
                left = Wait;
                break;
            case MuxState.Attached:
                port.Clear(LacpState.Synchronization | LacpState.Passing);
                if (IsInActive)
                    port.Set(LacpState.Synchronization);
                DisablePort();
                port.NeedsToTell = true;
                break;
            case MuxState.CollectingDistributing:
                port.Set(LacpState.Synchronization | LacpState.Passing);
                EnablePort();
                port.NeedsToTell = true;
                break;
            case MuxState.Collecting:
                port.Clear(LacpState.Distributing);
                port.Set(LacpState.Synchronization | LacpState.Collecting);
                if (IsInActive)
                    port.EnableCollecting();
                if (port.Aggregator is { HasPartner: true })
                    port.DisableDistributing();
                port.NeedsToTell = true;
                break;
            case MuxState.Distributing:
                port.Set(LacpState.Synchronization | LacpState.Distributing);
                EnablePort();
                break;
        }
        Tell(before);
    }

    private void EnablePort()
    {
        if (!IsInActive)
            return;
        port.Enable();
        port.Mode.NeedsRebuild = true;
    }

    /// <summary>Without a partner the port stays as it is: it may be the one that carries frames without LACP.</summary>
    private void DisablePort()
    {
        if (port.Aggregator is not { HasPartner: true })
            return;
        port.Disable();
        port.Mode.NeedsRebuild = true;
    }

    private void Tell(MuxState before)
    {
        if (IsPassing(State) == IsPassing(before) || !port.World.IsHeard)
            return;
        port.Tell(IsPassing(State) ? "bundled" : "unbundled", IsPassing(State) ? $"it sends and receives in {port.Aggregator}, with {port.PartnerName}"
            : port.Begins ? "LACP begins anew on this port"
            : !port.IsSelected ? "its partner is another now, or none"
            : !PartnerIsInSync ? $"{port.PartnerName} is not in sync any more" : "its aggregator is not the active one");
    }

    private static bool IsPassing(MuxState state) => state is MuxState.CollectingDistributing or MuxState.Distributing;
}
