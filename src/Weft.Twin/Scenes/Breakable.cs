// What a word on the command line means that may break: the cable of a NIC, a switch, or the link between two switches.

using Weft.Topology;
using Weft.Twin.Packets.Bridges;
using Cable = Weft.Twin.Packets.Links.Cable;

namespace Weft.Twin.Scenes;

internal enum BreakableKind
{
    Cable,
    Switch,

    /// <summary>Between two switches.</summary>
    Link,

    /// <summary>Between the two of a pair, which is one machine here.</summary>
    Peer,
}

/// <summary>Something that may break.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Thing">What it is, whichever of its names was said.</param>
/// <param name="Cables">Those that go with it.</param>
internal sealed record Breakable(BreakableKind Kind, string Thing, IReadOnlyList<Cable> Cables)
{
    public static readonly Breakable None = new(BreakableKind.Cable, "", []);

    /// <summary>Of a peer link, the ports that are cut off from the rest of the pair: those of the second that are in no group with the first.</summary>
    public IReadOnlyList<BridgePort> Apart { get; init; } = [];

    /// <summary>Of a peer link, the switch that is cut off, and which of its pair it is.</summary>
    public (string Second, int Island) Lost { get; init; } = ("", 0);

    /// <summary>What is called so; or why nothing is, and what could have been said.</summary>
    /// <param name="vlan">The VLAN that is to be lost: of a group's port the whole group's on that switch.</param>
    public static (Breakable? Found, string Wrong, string Mend) Find(Scene scene, string what, int? vlan)
    {
        static (Breakable?, string, string) Wrong(string wrong, string mend) => (null, wrong, mend);
        static (Breakable?, string, string) Good(Breakable found) => (found, "", "");
        var layout = scene.Layout;
        if (layout.Boxes.Exists(box => box.Members.Contains(what, StringComparer.Ordinal)))
        {
            var own = scene.Cords.Where(pair => pair.Cord.Member == what).ToList();
            var trunks = scene.Trunks.Where(pair => pair.Trunk.Members.One == what || pair.Trunk.Members.Other == what).Select(pair => pair.Cable).ToList();
            return own.Count + trunks.Count == 0 ? Bare(what)
                : vlan is { } lost && trunks.Count == 0 && !own.Exists(pair => pair.Cord.Carries(lost)) ? Uncarried(what, lost)
                : Good(new(BreakableKind.Switch, what, [.. own.Select(pair => pair.Cable), .. trunks]));
        }
        if (Link(scene, what) is { } link)
            return Good(link);
        var cords = Cords(layout, what);
        if (cords.Count > 1)
            return Wrong($"{string.Join(" and ", cords.Select(cord => cord.Host.Name))} each have a NIC {Text.Quote.Of(what)}", $"say {Text.Quote.Clean(Whole(cords[0]))} or another");
        if (cords.Count == 0)
            return Wrong($"there is no NIC and no switch called {Text.Quote.Of(what)}", Endings.Instead(what, [.. layout.Cords.Select(cord => layout.Hosts.Count > 1 ? Whole(cord) : cord.Label), .. layout.Boxes.SelectMany(box => box.Members)]));
        var (cord, cables) = (cords[0], scene.Cords.Where(pair => pair.Cord == cords[0] || (vlan is not null && pair.Cord.SharesVlansWith(cords[0]))).ToList());
        return cables.Count == 0 ? Bare(what)
            : vlan is { } id && !cables.Exists(pair => pair.Cord.Carries(id)) ? Uncarried(what, id)
            : Good(new(BreakableKind.Cable, vlan is not null && cord is { Group: { } group, Member: { } member } ? $"{member}:{group}" : Whole(cord), [.. cables.Select(pair => pair.Cable)]));

        static (Breakable?, string, string) Bare(string what) => Wrong($"{Text.Quote.Of(what)} has no cable", "say under `cabling` where its cables lead");
        static (Breakable?, string, string) Uncarried(string what, int vlan) => Wrong($"no port of a switch at {Text.Quote.Of(what)} carries VLAN {vlan}", "name one that the cabling says");
    }

    private static string Whole(Cord cord) => $"{cord.Host.Name}/{cord.Label}";

    /// <summary>The NICs that are called so: in the files, with or without their host, or else in the kernel.</summary>
    private static List<Cord> Cords(Layout layout, string what)
    {
        var labelled = layout.Cords.FindAll(cord => what == cord.Label || what == Whole(cord));
        return labelled.Count > 0 ? labelled : layout.Cords.FindAll(cord => what == cord.Nic || what == $"{cord.Host.Name}/{cord.Nic}");
    }

    /// <summary>The link between two switches, either of which may be named first; null where the words name none.</summary>
    private static Breakable? Link(Scene scene, string what)
    {
        if (what.Split('/') is not [var one, var other] || one == other)
            return null;
        var cables = scene.Trunks.Where(pair => pair.Trunk.Members is var ends && (ends == (one, other) || ends == (other, one))).Select(pair => pair.Cable).ToList();
        if (cables.Count > 0)
            return new(BreakableKind.Link, string.CompareOrdinal(one, other) < 0 ? what : $"{other}/{one}", cables);
        if (scene.Layout.Boxes.Find(box => box.Members.Contains(one, StringComparer.Ordinal) && box.Members.Contains(other, StringComparer.Ordinal)) is not { } pair)
            return null;
        var members = pair.Members.ToList();
        var island = Math.Max(members.IndexOf(one), members.IndexOf(other));
        var second = members[island];
        var own = scene.Cords.Where(cord => cord.Cord.Box == pair && cord.Cord.Member == second).ToList();
        bool IsShared(Cord cord) => scene.Layout.Cords.Exists(near => near.IsGroupedWith(cord) && near.Member != second);
        var apart = own.Where(cord => !IsShared(cord.Cord)).Select(cord => cord.Cord.Port)
            .Concat(scene.Layout.Trunks.Where(trunk => trunk.One == pair && trunk.Members.One == second).Select(trunk => trunk.OnePort))
            .Concat(scene.Layout.Trunks.Where(trunk => trunk.Other == pair && trunk.Members.Other == second).Select(trunk => trunk.OtherPort)).ToList();
        var ports = ((Bridge)scene.Machine(pair.Name)!.Find(SwitchFile.Bridge)!).Ports.Where(port => apart.Exists(port.Has)).ToList();
        return new(BreakableKind.Peer, $"{pair.Name}/{second}", [.. own.Where(cord => IsShared(cord.Cord)).Select(cord => cord.Cable)]) { Apart = ports, Lost = (second, island) };
    }
}
