// Echo requests at a steady pace, as iputils' ping sends them, and what came of each: so that a failure can be read as the time from the first probe that
// was lost to the first that was answered again.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Stacks;

/// <summary>A time in which nothing passes for good.</summary>
/// <param name="From">When the first lost probe was sent.</param>
/// <param name="Until">When the first answer after the last lost probe arrived, a late one too; <see cref="long.MaxValue"/> where none did. An answer behind which more probes were lost ended nothing.</param>
/// <param name="Lost">How many probes were lost, or answered too late.</param>
internal sealed record Silence(long From, long Until, long Lost);

internal sealed class Ping
{
    public const long NotAnswered = -1;

    /// <summary>Bytes of payload where nobody says, as ping has it.</summary>
    public const int UsualSize = 56;

    private readonly Stack stack;
    private readonly IpAddr target;
    private readonly ushort id;
    private readonly Time.Timer timer;
    private readonly long[] troubles = new long[(int)Trouble.Other + 1];
    private long[] sentAt = [], answeredAt = [];
    private bool isWatched;

    /// <param name="machine">Whose echoes they are.</param>
    /// <param name="target">Who is to answer.</param>
    /// <param name="identifier">The identifier of its echoes, which hashes look at; null where any will do.</param>
    public Ping(Machine machine, IPAddress target, ushort? identifier = null)
    {
        (stack, Target, this.target) = (machine.Stack, target, IpAddr.Of(target));
        id = stack.Enter(this, identifier);
        timer = new(machine.World.Time, Due);
    }

    public IPAddress Target { get; }

    /// <summary>From one probe to the next, in nanoseconds.</summary>
    public long Every { get; set; } = VirtualTime.Second;

    /// <summary>Bytes of payload.</summary>
    public int Size { get; init; } = UsualSize;

    /// <summary>Whether packets may be cut up on their way.</summary>
    public bool MayFragment { get; init; }

    /// <summary>The address to send from; null where it is to be chosen.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The link or VRF to send over; null where routes are to decide. A link-local target needs it.</summary>
    public Netdev? Over { get; init; }

    /// <summary>How many probes are remembered, the last ones.</summary>
    public int Remembers { get; init; } = 8192;

    public long Sent { get; private set; }
    public long Answered { get; private set; }
    public long Duplicates { get; private set; }

    /// <summary>Probes of which somebody said that they did not arrive.</summary>
    public long Errors { get; private set; }

    /// <summary>Probes that did not leave: no way, or too large for it.</summary>
    public long Refused { get; private set; }

    /// <summary>How often a trouble was told.</summary>
    public long Told(Trouble trouble) => troubles[(int)trouble];

    /// <summary>When a probe was sent, counted from 0.</summary>
    public long SentAt(long probe) => sentAt[probe % Remembers];

    /// <summary>When it was answered, or <see cref="NotAnswered"/>.</summary>
    public long AnsweredAt(long probe) => answeredAt[probe % Remembers];

    /// <summary>The first probe that is remembered.</summary>
    public long First => Math.Max(0, Sent - Remembers);

    /// <summary>Sends the first probe now.</summary>
    public void Start()
    {
        if (sentAt.Length == 0)
            (sentAt, answeredAt) = (new long[Remembers], new long[Remembers]);
        timer.Start(0);
    }

    public void Stop() => timer.Stop();

    /// <summary>The next probe is watched, with what follows of it.</summary>
    public void WatchNext() => isWatched = true;

    /// <summary>The silences, of what is remembered.</summary>
    /// <param name="patience">A probe that is answered later counts as lost: one that waited for a MAC may be answered long after.</param>
    public IEnumerable<Silence> Silences(long patience = VirtualTime.Second)
    {
        Silence? last = null;
        foreach (var next in Gaps(patience))
            // What was lost before the answer to an earlier probe was here is the same silence still.
            if (last is not null && next.From < last.Until)
                last = new(last.From, Math.Max(last.Until, next.Until), last.Lost + next.Lost);
            else
            {
                if (last is not null)
                    yield return last;
                last = next;
            }
        if (last is not null)
            yield return last;
    }

    /// <summary>Probes that were lost one after the other.</summary>
    private IEnumerable<Silence> Gaps(long patience)
    {
        var (first, last) = (-1L, -1L);
        for (var probe = First; probe < Sent; probe++)
            if (AnsweredAt(probe) is var answered && answered != NotAnswered && answered - SentAt(probe) <= patience)
            {
                if (first >= 0)
                    yield return Gap(first, last, answered);
                first = -1;
            }
            else if (answered != NotAnswered || SentAt(probe) + patience <= stack.World.Time.Now)
                (first, last) = (first < 0 ? probe : first, probe);
        if (first >= 0)
            yield return Gap(first, last, long.MaxValue);
    }

    private Silence Gap(long first, long last, long until)
    {
        for (var probe = first; probe <= last; probe++)
            if (AnsweredAt(probe) >= SentAt(last))
                until = Math.Min(until, AnsweredAt(probe));
        return new(SentAt(first), until, last - first + 1);
    }

    private void Due()
    {
        timer.Start(Every);
        var number = Sent++;
        (sentAt[number % Remembers], answeredAt[number % Remembers]) = (stack.World.Time.Now, NotAnswered);
        Send((ushort)(number + 1));
    }

    private void Send(ushort sequence)
    {
        var from = Source is null ? default : IpAddr.Of(Source);
        // Its own addresses answer without a frame.
        if (target.IsLoopback || stack.Router.Local(target, Over is null ? null : stack.Of(Over)) is not null)
        {
            Answer(sequence);
            return;
        }
        if (!stack.Output.Find(target, ref from, Over, out var found))
        {
            Refused++;
            troubles[(int)Trouble.NetUnreachable]++;
            return;
        }
        var (is4, output) = (target.Is4, stack.Output);
        var frame = Header.Begin(stack.World, from, target, is4 ? IpProtocol.Icmp4 : IpProtocol.Icmp6, Icmp.HeaderLength + Size, Icmp.HeaderLength, MayFragment, is4 && MayFragment ? output.NextId() : (ushort)0);
        var echo = Header.Inner(frame, is4);
        echo[0] = is4 ? IcmpType.Echo4 : IcmpType.Echo6;
        BinaryPrimitives.WriteUInt16BigEndian(echo[4..], id);
        BinaryPrimitives.WriteUInt16BigEndian(echo[6..], sequence);
        Header.SumInner(frame, is4, 2, !is4);
        if (isWatched)
        {
            isWatched = false;
            World.Watch(frame);
            stack.World.Note(frame, found.Way.Device, "made", $"an echo from {from} to {target}{(Over is Vrf ? $" in VRF {Over.Name}" : "")}, by {found.Route}");
        }
        if (output.IsTooBig(frame, found, target, false, out var mtu))
        {
            Refused++;
            troubles[(int)Trouble.TooBig]++;
            stack.World.Drop(frame, found.Way.Device, frame.IsWatched ? $"it is larger than {mtu}, and may not be cut up (EMSGSIZE)" : "too big");
            return;
        }
        output.Emit(frame, found, target);
    }

    /// <summary>An answer is here.</summary>
    internal void Answer(ushort sequence)
    {
        if (Probe(sequence) is not (>= 0 and var probe))
            return;
        if (AnsweredAt(probe) != NotAnswered)
        {
            Duplicates++;
            return;
        }
        answeredAt[probe % Remembers] = stack.World.Time.Now;
        Answered++;
    }

    /// <summary>Somebody says that a probe did not arrive.</summary>
    internal void Fail(ushort sequence, Trouble trouble)
    {
        if (Probe(sequence) < 0)
            return;
        Errors++;
        troubles[(int)trouble]++;
    }

    /// <summary>The last probe of a sequence number; -1 where it is forgotten.</summary>
    private long Probe(ushort sequence)
    {
        var last = Sent - 1;
        var probe = last - (ushort)(last + 1 - sequence);
        return probe >= First ? probe : -1;
    }

    public override string ToString() => $"{stack.Machine.Name} to {Target}: {Sent} sent, {Answered} answered, {Duplicates} twice, {Errors} errors, {Refused} refused";
}
