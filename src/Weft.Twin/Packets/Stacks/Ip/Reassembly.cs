// Fragments that wait for the others of their packet (net/ipv4/ip_fragment.c, RFC 791). Payloads are zeros, so what is kept is the head of the
// first one and which bytes have come.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Stacks.Ip;

internal sealed class Reassembly(Stack stack)
{
    /// <summary>IP_FRAG_TIME.</summary>
    private const long Patience = 30 * VirtualTime.Second;

    private readonly List<Partial> partials = [];

    /// <summary>A packet of which not all has come (struct ipq). Made once, and used again.</summary>
    private sealed class Partial
    {
        public Partial(World world) => Timer = new(world.Time, () => Clear(world));

        public Time.Timer Timer { get; }
        public Vrf? Domain { get; set; }
        public IpAddr From { get; set; }
        public IpAddr To { get; set; }
        public int Key { get; set; }
        public Frame? First { get; set; }

        /// <summary>Its length; -1 while the last fragment has not come.</summary>
        public int Length { get; set; } = -1;

        /// <summary>Bytes from and to which all have come, in order, none touching another.</summary>
        public List<(int From, int To)> There { get; } = [];

        public bool IsFree => !Timer.IsPending;

        public void Clear(World world)
        {
            Timer.Stop();
            if (First is { } first)
                world.Drop(first, first.Device, "its other fragments did not come in 30 s");
            (First, Length) = (null, -1);
            There.Clear();
        }
    }

    /// <summary>ip_defrag. The fragment is gone from here on.</summary>
    /// <returns>The whole packet, where this was the last of it to come.</returns>
    public Frame? Take(Frame frame, IpLink link)
    {
        var partial = Of(frame, link);
        var field = Header.Fragment(frame);
        var start = (field & Header.Offset) * 8;
        var end = start + frame.Length - Ethernet.HeaderLength - Header.Length4;
        if ((field & Header.MoreFragments) == 0)
            partial.Length = end;
        Cover(partial.There, start, end);
        if (frame.IsWatched)
            stack.World.Note(frame, link.Device, "fragment", $"bytes {start} to {end} of its packet");
        var hop = frame.Hop;
        if (start == 0 && partial.First is null)
            partial.First = frame;
        else
            stack.World.Frames.Return(frame);
        if (partial.First is not { } first || partial.There is not [(0, var to)] || to != partial.Length)
            return null;
        var whole = stack.World.Frames.Rent();
        whole.Begin(Ethernet.HeaderLength + Header.Length4 + to, first.Held);
        first.Bytes.CopyTo(whole.Bytes);
        (whole.Cast, whole.Device, whole.Hop) = (first.Cast, first.Device, hop);
        Header.SetFragment(whole.Payload, Header.Length4 + to, 0);
        stack.World.Frames.Return(first);
        partial.First = null;
        partial.Clear(stack.World);
        return whole;
    }

    private Partial Of(Frame frame, IpLink link)
    {
        var (from, to, key) = (Header.From(frame, true), Header.To(frame, true), Header.Protocol(frame, true) << 16 | Header.Id(frame));
        Partial? free = null;
        foreach (var partial in partials)
        {
            if (partial.IsFree)
                free = partial;
            else if (partial.Key == key && partial.From == from && partial.To == to && partial.Domain == link.Domain)
                return partial;
        }
        if (free is null)
            partials.Add(free = new(stack.World));
        (free.From, free.To, free.Key, free.Domain) = (from, to, key, link.Domain);
        free.Timer.Start(Patience);
        return free;
    }

    private static void Cover(List<(int From, int To)> there, int from, int to)
    {
        for (var i = there.Count - 1; i >= 0; i--)
            if (there[i].From <= to && from <= there[i].To)
            {
                (from, to) = (Math.Min(from, there[i].From), Math.Max(to, there[i].To));
                there.RemoveAt(i);
            }
        var place = 0;
        while (place < there.Count && there[place].From < from)
            place++;
        there.Insert(place, (from, to));
    }
}
