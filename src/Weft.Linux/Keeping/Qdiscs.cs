// Queueing disciplines that somebody chose, with their classes and filters. The kernel's defaults have no handle; what was
// chosen has one. Kinds differ in whether they take back what they tell: those seen to are listed, of others it is said that
// they may not come back.
// Surprise: classes and filters are dumped link by link and parent by parent, so this is done only for links whose qdiscs
// can have any.

using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Qdiscs
{
    private const uint IngressParent = 0xfffffff1;
    private const ushort Statistics = 3, ExtraStatistics = 4, Statistics2 = 7, Padding = 9, HardwareOffload = 12;

    /// <summary>Kinds that have no classes or filters of anybody's making, and take back what they tell.</summary>
    private static readonly HashSet<string> Plain =
        ["fq_codel", "fq", "codel", "sfq", "tbf", "pfifo", "bfifo", "pfifo_head_drop", "netem", "pie", "mq"];

    /// <summary>Kinds whose classes (of the same kind) and filters are kept too.</summary>
    private static readonly HashSet<string> Classful = ["htb", "prio", "drr", "ingress", "clsact"];

    /// <summary>Kinds whose classes somebody made, and are not simply there.</summary>
    private static readonly HashSet<string> MadeClasses = ["htb", "drr"];

    /// <summary>
    /// CoDel counts in 1024 ns and tells microseconds, rounded down each way (codel_time_to_us): one more is the time it was. TCA_CODEL_* and
    /// TCA_FQ_CODEL_* TARGET, INTERVAL and CE_THRESHOLD.
    /// </summary>
    private static readonly Dictionary<string, ushort[]> CodelTimes = new(StringComparer.Ordinal) { ["codel"] = [1, 3, 5], ["fq_codel"] = [1, 3, 7] };

    private const ushort Options = 2;

    /// <summary>TCA_HTB_INIT: its version is told whole and taken without the minor number (htb_dump, htb_init).</summary>
    private const ushort HtbInit = 2;

    public static IEnumerable<Kept> Of(IReadOnlyList<ReadOnlyMemory<byte>> dump, Func<Request, IReadOnlyList<TrafficMessage>> ask, Names names)
    {
        foreach (var chosen in dump.Select(Chosen).OfType<TrafficMessage>().GroupBy(qdisc => qdisc.Header.Index))
            if (names.Of(chosen.Key) is { } link)
                foreach (var kept in OfLink(link, chosen.Key, [.. chosen], ask, names))
                    yield return kept;
    }

    /// <summary>The kernel's own are one a link, and are told by their fixed header.</summary>
    private static TrafficMessage? Chosen(ReadOnlyMemory<byte> raw)
    {
        if (raw.Length < MessageHeader.Size + TrafficHeader.Size || TrafficHeader.Read(raw.Span[MessageHeader.Size..]).Handle == 0)
            return null;
        var qdisc = new TrafficMessage { Raw = raw };
        return MessageCodec.Read(raw.Span, qdisc).IsError || qdisc.Kind is null ? null : qdisc;
    }

    /// <summary>Parents come before what hangs on them: a qdisc, its classes, the qdiscs in those; and filters when all are there.</summary>
    private static IEnumerable<Kept> OfLink(string link, int index, List<TrafficMessage> qdiscs, Func<Request, IReadOnlyList<TrafficMessage>> ask, Names names)
    {
        var classed = qdiscs.Where(qdisc => MadeClasses.Contains(qdisc.Kind!)).Select(qdisc => qdisc.Header.Handle).ToHashSet();
        var classes = classed.Count > 0 ? ask(Dumps.Classes(index)).Where(each => MadeClasses.Contains(each.Kind ?? "") && classed.Contains(Major(each.Header.Handle))).ToList() : [];
        var placed = new HashSet<uint> { TrafficHeader.Root, IngressParent };
        var waiting = qdiscs.Select(qdisc => (Message: qdisc, Type: MessageType.NewQdisc)).Concat(classes.Select(each => (Message: each, Type: MessageType.NewClass))).ToList();
        for (var before = -1; waiting.Count != before;)
        {
            before = waiting.Count;
            foreach (var each in waiting.ToList())
                if (placed.Contains(ParentOf(each.Message, each.Type, classed)))
                {
                    placed.Add(each.Message.Header.Handle);
                    waiting.Remove(each);
                    yield return Keep(each.Message, each.Type, link);
                }
        }
        foreach (var filter in qdiscs.Where(qdisc => Classful.Contains(qdisc.Kind!)).SelectMany(qdisc => Filters.Of(qdisc, classes, link, ask, names)))
            yield return filter;
    }

    /// <summary>A class at the top says "root" for its qdisc; classes that a qdisc has by itself (bands) are there with it.</summary>
    private static uint ParentOf(TrafficMessage message, MessageType type, HashSet<uint> classed) => message.Header.Parent switch
    {
        TrafficHeader.Root => type == MessageType.NewClass ? Major(message.Header.Handle) : TrafficHeader.Root,
        IngressParent => IngressParent,
        var parent => classed.Contains(Major(parent)) ? parent : Major(parent),
    };

    private static uint Major(uint handle) => handle & 0xffff0000;

    private static Kept Keep(TrafficMessage message, MessageType type, string link)
    {
        // Created only where it is not there: some kinds refuse to be changed to what they are.
        var made = Replay.Request(message.Raw.Span, TrafficHeader.Size, type, MessageFlags.Create | MessageFlags.Exclusive, Statistics, ExtraStatistics, Statistics2, Padding, HardwareOffload);
        var header = message.Header;
        header.Info = 0;
        header.Write(made.AsSpan(MessageHeader.Size));
        foreach (var time in CodelTimes.GetValueOrDefault(message.Kind!) ?? [])
            Correct(made, time, static told => told + 1);
        if (message.Kind == "htb" && type == MessageType.NewQdisc)
            Correct(made, HtbInit, static version => version > ushort.MaxValue ? version >> 16 : version);
        return new(KeptKind.Qdisc, link, $"{(type == MessageType.NewQdisc ? "qdisc" : "class")} {message.Kind} {TrafficHeader.Name(header.Handle)} dev {link} {Parent(header.Parent)}")
        {
            Message = new(made),
            Indexes = [(Replay.IndexPlace, link)],
            Irreversible = WhyNot(message),
        };
    }

    /// <summary>Changes the 32-bit number with which an option begins.</summary>
    private static void Correct(byte[] made, ushort option, Func<uint, uint> taken)
    {
        if (Replay.Place(made, TrafficHeader.Size, Options, option) is > 0 and var at && at + 4 <= made.Length)
            MemoryMarshal.Write(made.AsSpan(at), taken(MemoryMarshal.Read<uint>(made.AsSpan(at))));
    }

    private static string? WhyNot(TrafficMessage message) =>
        !Plain.Contains(message.Kind!) && !Classful.Contains(message.Kind!) ? $"a kernel may not take back what it tells of a qdisc of kind {message.Kind}"
        : message.Stab is not null ? "the kernel does not tell its table of link-layer sizes"
        : message.IngressBlock is not null || message.EgressBlock is not null ? "it shares filters with other qdiscs, which are not kept" : null;

    private static string Parent(uint parent) => parent is TrafficHeader.Root or IngressParent ? TrafficHeader.Name(parent) : $"parent {TrafficHeader.Name(parent)}";
}
