// What is known of an address on a link: its MAC, and how sure that is (struct neighbour, net/core/neighbour.c; RFC 4861, 7.3). ARP
// and neighbour discovery differ only in how they ask.

using System.Numerics;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Stacks.Neighbours;

/// <summary>NUD_*.</summary>
internal enum Nud
{
    None,
    Incomplete,
    Reachable,
    Stale,
    Delay,
    Probe,
    Failed,
}

internal sealed class Neighbour
{
    /// <summary>The kernel's defaults: retrans_time_ms, delay_first_probe_time, locktime, ucast_solicit and mcast_solicit.</summary>
    private const long Retransmit = VirtualTime.Second, LockTime = VirtualTime.Second;
    private const int Unicasts = 3, Broadcasts = 3;

    /// <summary>unres_qlen_bytes (SK_WMEM_MAX): 277 packets of ping.</summary>
    private const int MostWaiting = 212_992;

    private readonly Queue<Frame> waiting = new();
    private readonly VirtualTime time;
    private readonly Time.Timer timer;
    private int waitingBytes, probes;
    private long updated, confirmed, used;

    public Neighbour(IpLink link, IpAddr address)
    {
        (Link, Address, time) = (link, address, link.Device.World.Time);
        timer = new(time, Due);
        (updated, used, confirmed) = (time.Now, time.Now, time.Now - 2 * Link.Reach.Base);
    }

    public IpLink Link { get; }
    public IpAddr Address { get; }
    public ulong Mac { get; private set; }
    public Nud State { get; private set; }

    /// <summary>NUD_VALID: there is a MAC to send to.</summary>
    public bool IsValid => State is Nud.Reachable or Nud.Stale or Nud.Delay or Nud.Probe;

    /// <summary>Whether the last word on it is too young to be overridden.</summary>
    public bool IsLocked => time.Now <= updated + LockTime;

    private World World => Link.Device.World;

    /// <summary>neigh_resolve_output: sends a packet to it, now or when its MAC is known. The frame is the neighbour's from here on.</summary>
    public void Send(Frame frame)
    {
        used = time.Now;
        switch (State)
        {
            case Nud.None or Nud.Failed:
                // Three requests to all; those to it alone count as made.
                probes = Unicasts;
                Become(Nud.Incomplete, "a packet is for it");
                updated = time.Now;
                timer.Start(Retransmit);
                Wait(frame);
                Ask();
                return;
            case Nud.Incomplete:
                Wait(frame);
                return;
            case Nud.Stale:
                Become(Nud.Delay, "it is used again");
                updated = time.Now;
                timer.Start(Link.Reach.FirstProbe);
                break;
        }
        Emit(frame);
    }

    /// <summary>neigh_update: somebody said something of its MAC.</summary>
    /// <param name="said">What it is now: <see cref="Nud.Reachable"/> or <see cref="Nud.Stale"/>.</param>
    /// <param name="overrides">Whether another MAC than the known one is believed.</param>
    /// <param name="doubts">Where it is not believed: whether the known one is doubted then (NEIGH_UPDATE_F_WEAK_OVERRIDE).</param>
    public void Update(ulong mac, Nud said, bool overrides, bool doubts = false)
    {
        var isNew = !IsValid || mac != Mac;
        if (said == Nud.Reachable)
            confirmed = time.Now;
        if (IsValid)
        {
            if (isNew && !overrides)
            {
                if (!doubts || State != Nud.Reachable)
                    return;
                (mac, isNew, said) = (Mac, false, Nud.Stale);
            }
            else if (!isNew && said == Nud.Stale)
                said = State;
        }
        var (before, wasValid) = (State, IsValid);
        if (said != before || isNew)
            updated = time.Now;
        if (isNew)
        {
            if (wasValid && World.IsHeard)
                World.Tell(Link.Device, "moved", $"{Address} is at {Ethernet.Print(mac)} now, and was at {Ethernet.Print(Mac)}");
            Mac = mac;
            if (said != Nud.Reachable)
                confirmed = time.Now - 2 * Link.Reach.Base;
        }
        if (said == before)
            return;
        Become(said, "it was heard of");
        timer.Stop();
        if (said == Nud.Reachable)
            timer.Start(Link.Reach.Of(Address.Is4));
        if (!wasValid)
            while (IsValid && waiting.TryDequeue(out var frame))
                Emit(frame);
        waitingBytes = wasValid ? waitingBytes : 0;
    }

    /// <summary>neigh_flush_dev: it is forgotten, and what waits for it is lost.</summary>
    public void Forget(string why)
    {
        timer.Stop();
        while (waiting.TryDequeue(out var frame))
            World.Drop(frame, Link.Device, why);
        (State, waitingBytes) = (Nud.None, 0);
    }

    /// <summary>neigh_timer_handler.</summary>
    private void Due()
    {
        var next = time.Now + Retransmit;
        switch (State)
        {
            case Nud.Reachable when time.Now < confirmed + Link.Reach.Of(Address.Is4):
                next = confirmed + Link.Reach.Of(Address.Is4);
                break;
            case Nud.Reachable when time.Now <= used + Link.Reach.FirstProbe:
                Become(Nud.Delay, "nobody confirmed it for long, and it is used");
                (updated, next) = (time.Now, time.Now + Link.Reach.FirstProbe);
                break;
            case Nud.Reachable:
                Become(Nud.Stale, "nobody confirmed it for long");
                updated = time.Now;
                return;
            case Nud.Delay when time.Now <= confirmed + Link.Reach.FirstProbe:
                Become(Nud.Reachable, "it was confirmed");
                (updated, next) = (time.Now, confirmed + Link.Reach.Of(Address.Is4));
                break;
            case Nud.Delay:
                Become(Nud.Probe, "nobody confirmed it");
                (updated, probes) = (time.Now, 0);
                break;
        }
        if (State is Nud.Incomplete or Nud.Probe)
        {
            if (probes >= (State == Nud.Probe ? Unicasts : Unicasts + Broadcasts))
            {
                Fail();
                return;
            }
            timer.Start(next - time.Now);
            Ask();
        }
        else
            timer.Start(next - time.Now);
    }

    private void Fail()
    {
        Become(Nud.Failed, "it answers no more");
        updated = time.Now;
        while (State == Nud.Failed && waiting.TryDequeue(out var frame))
            Link.Stack.Icmp.Unreachable(frame, Link);
        waitingBytes = 0;
    }

    /// <summary>neigh_probe: it alone is asked where its MAC is known, and all where it is not. The request is part of the way of the packet that waits.</summary>
    private void Ask()
    {
        probes++;
        waiting.TryPeek(out var first);
        var toMac = probes <= Unicasts && IsValid ? Mac : Ethernet.Broadcast;
        if (Address.Is4)
            Link.Stack.Arp.Solicit(this, first, toMac);
        else
            Link.Stack.Discovery.Solicit(this, first, toMac);
    }

    /// <summary>How the reason of the hop begins at which a packet waits.</summary>
    public const string Wanted = "for the MAC of ";

    private void Wait(Frame frame)
    {
        if (frame.IsWatched)
            World.Note(frame, Link.Device, "waits", $"{Wanted}{Address}");
        waiting.Enqueue(frame);
        waitingBytes += Memory(frame);
        while (waitingBytes > MostWaiting && waiting.TryDequeue(out var oldest))
        {
            waitingBytes -= Memory(oldest);
            World.Drop(oldest, Link.Device, "too many packets wait for the same neighbour");
        }
    }

    /// <summary>What a packet takes of the kernel's memory (skb->truesize): its bytes and the room before them in a power of two with what the kernel keeps behind them, and the 256 of its description.</summary>
    private static int Memory(Frame frame) => 256 + (int)BitOperations.RoundUpToPowerOf2((uint)((frame.Length + 17 + 63) & ~63) + 320);

    private void Emit(Frame frame)
    {
        (frame.Destination, frame.Source) = (Mac, Link.Device.Mac);
        if (frame.IsWatched)
            World.Note(frame, Link.Device, "addressed", $"to {Ethernet.Print(Mac)}, which is the MAC of {Address} ({Word(State)})");
        Link.Device.Send(frame);
    }

    private void Become(Nud state, string why)
    {
        if (World.IsHeard && (state == Nud.Failed || State == Nud.Failed))
            World.Tell(Link.Device, "neighbour", $"{Address} was {Word(State)} and is {Word(state)}: {why}");
        State = state;
    }

    /// <summary>As `ip neigh` prints it.</summary>
    private static string Word(Nud state) => state.ToString().ToUpperInvariant();

    public override string ToString() => $"{Address} dev {Link.Device.Name} {Ethernet.Print(Mac)} {State}";
}
