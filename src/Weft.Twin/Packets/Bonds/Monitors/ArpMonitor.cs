// The ARP monitor (bond_arp_monitor): every arp_interval it asks its targets, and a port lives by what arrives at it. What counts as an answer
// `arp_validate` says: any frame, or only ARP and neighbour discovery of the targets. What follows differs between active-backup, where one port
// asks, and the modes in which all do. updelay and downdelay have no part in it.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Neighbours;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bonds.Monitors;

internal abstract class ArpMonitor
{
    private readonly Timer timer;
    private readonly Probes probes;
    private readonly List<Record> records = [];
    private readonly uint[] targets;
    private readonly UInt128[] targets6;
    private readonly int askedOf;

    /// <summary>When a port was last asked over and heard of, by target too (struct slave).</summary>
    private sealed class Record(long past)
    {
        public long Sent = past, Heard = past;
        public readonly long[] Targets = [.. Enumerable.Repeat(past, Model.Attributes.BondLines.MostTargets)];
    }

    protected ArpMonitor(Bond bond)
    {
        Bond = bond;
        timer = new(bond.World.Time, Due);
        bond.World.Polls.Add((timer, () => bond.World.Kernel.Wait(bond.Options.ArpInterval)));
        probes = new(bond);
        targets = [.. bond.Options.ArpTargets.Select(target => BinaryPrimitives.ReadUInt32BigEndian(target.GetAddressBytes()))];
        targets6 = [.. bond.Options.NsTargets.Select(target => BinaryPrimitives.ReadUInt128BigEndian(target.GetAddressBytes()))];
        // arp_all_targets looks at the first one's time also where there is no IPv4 target, and never at one of an IPv6 target's behind it.
        askedOf = Math.Max(1, targets.Length);
    }

    public static ArpMonitor Of(Bond bond) => bond.Mode is ActiveBackup ? new ArpOfActive(bond) : new ArpOfAll(bond);

    protected Bond Bond { get; }

    /// <summary>current_arp_slave: the port that asks while a new active one is searched for.</summary>
    protected BondPort? Candidate { get; set; }

    private long Now => Bond.World.Time.Now;

    /// <summary>As if it had been heard of an interval and a bit ago (bond_enslave), which is recent enough to be up at a poll that follows soon, with or without a carrier.</summary>
    public void Joined(BondPort port) => records.Add(new(Now - Bond.Options.ArpInterval - Bond.World.Kernel.Jiffy));

    public void Start() => timer.Start(0);

    public void Stop() => timer.Stop();

    private void Due()
    {
        timer.Start(Bond.World.Kernel.Wait(Bond.Options.ArpInterval));
        if (Bond.Ports.Count > 0)
            Poll();
    }

    protected abstract void Poll();

    /// <summary>bond_send_validate.</summary>
    protected void Ask(BondPort port)
    {
        if (probes.Send(port))
            records[port.Number].Sent = Now;
    }

    /// <summary>bond_time_in_interval: the moment is at most so many intervals and a half ago.</summary>
    protected bool IsWithin(long moment, long intervals) =>
        Now >= moment - Bond.Options.ArpInterval && Now <= moment + intervals * Bond.Options.ArpInterval + Bond.Options.ArpInterval / 2;

    protected bool HasAsked(BondPort port, long intervals) => IsWithin(Bond.World.Kernel.CountsAnyFrameAsAsked ? port.Device.SentAt : records[port.Number].Sent, intervals);

    /// <summary>The last frame that counted; nothing of arp_all_targets.</summary>
    protected bool HasHeardAny(BondPort port, long intervals) => IsWithin(records[port.Number].Heard, intervals);

    protected bool HasHeard(BondPort port, long intervals) => IsWithin(HeardAt(port), intervals);

    /// <summary>slave_last_rx.</summary>
    private long HeardAt(BondPort port)
    {
        var record = records[port.Number];
        if (!Bond.Options.ArpAllTargets)
            return record.Heard;
        var oldest = record.Targets[0];
        for (var i = 1; i < askedOf; i++)
            oldest = Math.Min(oldest, record.Targets[i]);
        return oldest;
    }

    /// <summary>Every frame at every port, before anything else looks at it (bond_rcv_validate).</summary>
    public void Inspect(BondPort port, Frame frame)
    {
        var validate = Bond.Options.ArpValidate;
        if ((validate & (port.IsBackup ? ArpValidate.Backup : ArpValidate.Active)) == ArpValidate.None)
        {
            if ((validate & ArpValidate.Filter) == ArpValidate.None || frame.EtherType is Ethernet.Arp or Ethernet.Ip6)
                records[port.Number].Heard = Now;
        }
        else if (frame.Cast == Cast.OtherHost)
            return;
        else if (ArpFrame.IsIn(frame))
            Judge(port, ArpPacket.SenderBytes(frame.Payload), ArpPacket.TargetBytes(frame.Payload), ArpPacket.Operation(frame.Payload) == ArpPacket.Reply);
        else if (NeighbourFrame.IsIn(frame))
            Judge(port, Header.FromBytes(frame, false), Header.ToBytes(frame, false), isReply: true);
    }

    /// <summary>bond_arp_rcv, bond_na_rcv: at a backup port it is the active one's own question, flooded by the switch, that proves the port alive.</summary>
    private void Judge(BondPort port, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> target, bool isReply)
    {
        if (!port.IsBackup)
            Validate(port, sender, target);
        else if (Bond.Active is { } active && HeardAt(active) > active.UpAt)
            Validate(port, target, sender);
        else if (Candidate is { } candidate && isReply && HasAsked(candidate, 1))
            Validate(port, sender, target);
    }

    /// <summary>bond_validate_arp, bond_validate_na: of a target, to one of us.</summary>
    private void Validate(BondPort port, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var number = from.Length == 4 ? Array.IndexOf(targets, BinaryPrimitives.ReadUInt32BigEndian(from)) : Array.IndexOf(targets6, BinaryPrimitives.ReadUInt128BigEndian(from));
        if (number < 0 || !(to.Length == 16 && IpAddr.Read6(to) == IpAddr.AllNodes) && !probes.IsOurs(Bond, to))
            return;
        var record = records[port.Number];
        (record.Heard, record.Targets[number]) = (Now, Now);
    }

    protected void Tell(BondPort port, string did, string why)
    {
        if (Bond.World.IsHeard)
            Bond.World.Tell(port.Device, did, why);
    }
}
