// Filters on a chosen qdisc, where they are of kinds that are known to take back what they tell; of any other it is said that
// it is lost for good.
// Surprises: an action may speak of a link by index (mirred), deep inside the filter's options; that index is put right too.
// Actions have numbers of their own, by which a new filter would share one that meanwhile is another's: they are cleared.
// Flags tell whether hardware does it, which is refused when sent.

using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Filters
{
    private const uint ClsactIngress = 0xfffffff2, ClsactEgress = 0xfffffff3;

    /// <summary>Parents are asked one by one. A link with more classes than this has the filters of the first ones kept.</summary>
    private const int MostParents = 1024;

    /// <summary>TCA_OPTIONS; in it, actions in a list; in each TCA_ACT_KIND and TCA_ACT_OPTIONS, and in those TCA_*_PARMS.</summary>
    private const ushort Options = 2, ActionKind = 1, ActionOptions = 2, Parameters = 2;

    /// <summary>TCA_ACT_MAX_PRIO.</summary>
    private const ushort MostActions = 32;

    /// <summary>struct tc_mirred: five numbers of every action, then what to do, then with which link.</summary>
    private const int MirredIndex = 24;

    /// <summary>TCA_CLS_FLAGS_SKIP_HW, SKIP_SW and VERBOSE.</summary>
    private const uint AskedFlags = 0x13;

    private const ushort Statistics = 3, ExtraStatistics = 4, Statistics2 = 7, Padding = 9;

    /// <summary>The first hash table of u32, and where in a handle the table stands.</summary>
    private const uint FirstTable = 0x800;
    private const int TableShift = 20;

    /// <summary>Kinds that are known: where their options hold actions and flags (TCA_*_ACT, TCA_*_FLAGS).</summary>
    private static readonly Dictionary<string, (ushort Actions, ushort Flags)> Known = new(StringComparer.Ordinal) { ["matchall"] = (2, 3), ["flower"] = (3, 22), ["u32"] = (7, 11) };

    /// <summary>What the options of a kind may hold and still come back: of flower, keys of Ethernet, IP and ports. It tells VLAN keys otherwise than it takes them.</summary>
    private static readonly Dictionary<string, HashSet<ushort>> KnownOptions = new(StringComparer.Ordinal)
    {
        ["matchall"] = [1, 2, 3, 4, 5],
        ["flower"] = [1, .. Enumerable.Range(3, 20).Select(type => (ushort)type), 35, 36, 37, 38, 86],
        ["u32"] = [1, 2, 5, 7, 8, 9, 10, 11, 12],
    };

    private static readonly HashSet<string> KnownActions = new(StringComparer.Ordinal) { "mirred", "gact", "vlan", "skbedit" };

    public static IEnumerable<Kept> Of(TrafficMessage qdisc, List<TrafficMessage> classes, string link, Func<Request, IReadOnlyList<TrafficMessage>> ask, Names names)
    {
        uint[] parents = qdisc.Kind switch
        {
            "clsact" => [ClsactIngress, ClsactEgress],
            _ => [qdisc.Header.Handle, .. classes.Select(each => each.Header.Handle).Where(handle => (handle & 0xffff0000) == qdisc.Header.Handle)],
        };
        foreach (var parent in parents.Take(MostParents))
        {
            var filters = ask(Dumps.Filters(qdisc.Header.Index, parent)).Where(filter => filter.Header.Handle != 0 && filter.Kind is not null).ToList();
            var tables = filters.Where(IsTable).Select(filter => filter.Header.Handle >> TableShift).Order().ToList();
            var inOrder = tables.SequenceEqual(Enumerable.Range(0, tables.Count).Select(at => FirstTable + (uint)at)) && filters.Where(IsTable).DistinctBy(filter => filter.Header.Info).Count() == tables.Count;
            foreach (var filter in filters.Where(filter => !IsTable(filter)).OrderBy(filter => filter.Kind == "u32" ? filter.Header.Handle : 0))
                yield return Keep(filter, link, filter.Kind == "u32" && !inOrder, names);
        }
    }

    /// <summary>u32 tells its hash tables too, which it makes by itself, one a priority.</summary>
    private static bool IsTable(TrafficMessage filter) => filter.Kind == "u32" && (filter.Header.Handle & 0xfffff) == 0;

    private static Kept Keep(TrafficMessage filter, string link, bool ownTables, Names names)
    {
        var made = Replay.Request(filter.Raw.Span, TrafficHeader.Size, MessageType.NewFilter, MessageFlags.Create | MessageFlags.Exclusive, Statistics, ExtraStatistics, Statistics2, Padding);
        var header = filter.Header;
        List<(int, string)> indexes = [(Replay.IndexPlace, link)];
        var why = ownTables ? "its hash tables are not kept" : WhyNot(filter, made, indexes, names);
        return new(KeptKind.Qdisc, link, $"filter {filter.Kind} {TrafficHeader.Name(header.Handle)} dev {link} parent {TrafficHeader.Name(header.Parent)} pref {header.Info >> 16}{(filter.Chain is > 0 and var chain ? $" chain {chain}" : "")}")
        {
            Message = why is null ? new(made) : null,
            Indexes = why is null ? [.. indexes] : [],
            Irreversible = why,
        };
    }

    /// <summary>Puts flags and actions in order, and says why that cannot be done.</summary>
    private static string? WhyNot(TrafficMessage filter, byte[] made, List<(int, string)> indexes, Names names)
    {
        if (!Known.TryGetValue(filter.Kind!, out var places))
            return $"a kernel may not take back what it tells of a filter of kind {filter.Kind}";
        if (Replay.Types(filter.Options ?? []).FirstOrDefault(type => !KnownOptions[filter.Kind!].Contains(type)) is > 0 and var option)
            return $"a kernel may not take back option {option} of a filter of kind {filter.Kind}";
        if (Number(made, Replay.Place(made, TrafficHeader.Size, Options, places.Flags)) is { } flags)
            MemoryMarshal.Write(made.AsSpan(Replay.Place(made, TrafficHeader.Size, Options, places.Flags)), flags & AskedFlags);
        for (ushort action = 1; action <= MostActions; action++)
        {
            var kind = Replay.Place(made, TrafficHeader.Size, Options, places.Actions, action, ActionKind);
            if (kind < 0)
                continue;
            var word = Replay.Word(made, kind);
            var parameters = Replay.Place(made, TrafficHeader.Size, Options, places.Actions, action, ActionOptions, Parameters);
            if (!KnownActions.Contains(word) || Number(made, parameters) is null)
                return $"a kernel may not take back what it tells of an action of kind {word}";
            MemoryMarshal.Write(made.AsSpan(parameters), 0);
            if (word == "mirred")
            {
                var index = Replay.Index(made, parameters + MirredIndex, names).ToList();
                if (index.Count == 0)
                    return "it sends to a link that is not here";
                indexes.AddRange(index);
            }
        }
        return null;
    }

    private static uint? Number(byte[] made, int at) => at >= 0 && at + 4 <= made.Length ? MemoryMarshal.Read<uint>(made.AsSpan(at)) : null;
}
