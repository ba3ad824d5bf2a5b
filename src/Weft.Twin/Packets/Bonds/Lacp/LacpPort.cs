// A bond's port as LACP has it (struct port): both ends as they are known, what the machines tell each other, and the machines.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bonds.Lacp;

internal sealed class LacpPort
{
    private readonly SelectionLogic selection;
    private readonly TransmitMachine transmit;

    public LacpPort(Lacp mode, BondPort port, int number)
    {
        (Mode, Port, Number, Own) = (mode, port, number, new(number));
        (Receive, Periodic, selection, Mux, transmit, Churn) = (new(this), new(this), new(this), new(this), new(this), new(this));
        State = LacpState.Aggregation | (mode.Options.LacpActive ? LacpState.Activity : LacpState.None) | (mode.Options.LacpFast ? LacpState.Timeout : LacpState.None);
        WorkOutKey(isDown: false);
        Disable();
    }

    public Lacp Mode { get; }
    public BondPort Port { get; }
    public World World => Port.Bond.World;

    /// <summary>From 1, in the order in which ports joined.</summary>
    public int Number { get; }

    /// <summary>The aggregator that came with it, in which it need not be.</summary>
    public Aggregator Own { get; }

    /// <summary>The aggregator in which it is; null until the first tick.</summary>
    public Aggregator? Aggregator { get; set; }

    public ReceiveMachine Receive { get; }
    public PeriodicMachine Periodic { get; }
    public MuxMachine Mux { get; }
    public ChurnMachine Churn { get; }

    /// <summary>What it says of itself (actor_oper_port_state).</summary>
    public LacpState State { get; private set; }

    /// <summary>0 in speed and duplex while the link is down.</summary>
    public ushort Key { get; private set; }

    /// <summary>This end, as the other is told of it.</summary>
    public Party Actor => new(Mode.SystemPriority, Mode.System, Key, Port.Options.ActorPortPrio, (ushort)Number, State);

    /// <summary>The other end, as far as it is known (partner_oper).</summary>
    public Party Partner { get; set; } = Party.Nobody;

    /// <summary>AD_PORT_BEGIN: all machines start anew with the next tick.</summary>
    public bool Begins { get; private set; } = true;

    public bool IsLacpEnabled { get; set; } = true;
    public bool IsSelected { get; set; }

    /// <summary>It has been long enough in its aggregator to be used (Ready_N).</summary>
    public bool HasWaited { get; set; }

    /// <summary>So have all in its aggregator.</summary>
    public bool IsReady { get; set; }

    /// <summary>Its link is up, as the monitor last said; a port that has just joined counts as if it were.</summary>
    public bool IsEnabled { get; private set; } = true;

    /// <summary>ntt: the other end is to be told.</summary>
    public bool NeedsToTell { get; set; }

    /// <summary>slave->rx_disabled; only the mux machine looks at it.</summary>
    public bool IsReceiveDisabled { get; private set; }

    /// <summary>In Mbit/s; 0 unless the monitor says that it is up (__get_link_speed).</summary>
    public long Speed => Port.Health == Health.Up ? Rate : 0;

    /// <summary>How many ticks LACPDUs may be missing.</summary>
    public int Patience => ReceiveMachine.Patience(isShort: Says(LacpState.Timeout));

    public string PartnerName => Name(Partner);

    /// <summary>A veth says its speed whether there is carrier or not.</summary>
    private long Rate => Port.Device is Nic nic ? nic.Rate : Port.Device.Speed;

    private bool IsFull => Port.Device is not Nic { IsHalfDuplex: true };

    /// <summary>A tenth of a second has passed: each machine in its turn, so that what one says to one before it is heard with the next tick.</summary>
    public void Tick()
    {
        Receive.Tick();
        Periodic.Tick();
        selection.Tick();
        Mux.Tick();
        transmit.Tick();
        Churn.Tick();
        Begins = false;
    }

    /// <summary>The monitor says that the link is up or down (bond_3ad_handle_link_change).</summary>
    public void LinkChanged()
    {
        IsEnabled = Port.Health == Health.Up;
        WorkOutKey(isDown: !IsEnabled);
    }

    /// <summary>ad_update_actor_keys: another speed is another key, and a beginning.</summary>
    public void WorkOutKey(bool isDown)
    {
        var (before, full) = (Key, !isDown && Port.Health == Health.Up && IsFull);
        Key = PortKey.Of(Mode.Options.AdUserPortKey, isDown ? 0 : Speed, full);
        if (Key == before)
            return;
        IsLacpEnabled = full;
        if (full && PortKey.SpeedNumberOf(Key) != 0 && PortKey.SpeedNumberOf(Key) != PortKey.SpeedNumberOf(before))
            Begins = true;
    }

    public bool Says(LacpState bits) => (State & bits) != LacpState.None;

    public void Set(LacpState bits) => State |= bits;

    public void Clear(LacpState bits) => State &= ~bits;

    /// <summary>__record_default.</summary>
    public void Forget()
    {
        Partner = Party.Nobody;
        Set(LacpState.Defaulted);
    }

    /// <summary>__enable_port: only where the link is up.</summary>
    public void Enable()
    {
        if (Port.Health != Health.Up || !Port.IsRunning)
            return;
        Port.Enable();
        IsReceiveDisabled = false;
    }

    /// <summary>__disable_port.</summary>
    public void Disable()
    {
        Port.Disable();
        IsReceiveDisabled = true;
    }

    /// <summary>It says that it collects; what it receives is suppressed until it distributes, for slave->inactive is left as it was.</summary>
    public void EnableCollecting()
    {
        if (Port.Health == Health.Up && Port.IsRunning)
            IsReceiveDisabled = false;
    }

    public void DisableDistributing()
    {
        Port.IsBackup = true;
        Mode.NeedsRebuild = true;
    }

    public void SendLacpdu()
    {
        var frame = World.Frames.Rent();
        frame.Begin(Lacpdu.FrameLength, Lacpdu.FrameLength);
        frame.Destination = Ethernet.SlowProtocols;
        frame.EtherType = Ethernet.Slow;
        new Lacpdu(Actor, Partner).Write(frame.Payload);
        Sent++;
        Send(frame);
    }

    /// <summary>LACPDUs and markers have the port's own MAC as their source, and not the bond's.</summary>
    public void Send(Frame frame)
    {
        frame.Source = Port.Device is Nic { BurntMac: not 0 } nic ? nic.BurntMac : Port.Device.Mac;
        frame.Priority = 7;
        Port.Device.Send(frame);
    }

    /// <summary>LACPDUs that were sent.</summary>
    public long Sent { get; private set; }

    public void Tell(string did, string why)
    {
        if (World.IsHeard)
            World.Tell(Port.Device, did, why);
    }

    /// <summary>A partner as one would look for it on a switch.</summary>
    public static string Name(in Party party) => party.System == 0 ? "nobody" : $"{Ethernet.Print(party.System)} (port {party.Port}, key {party.Key})";

    public override string ToString() => Port.Device.Name;
}
