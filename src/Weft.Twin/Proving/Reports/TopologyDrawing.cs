// The network as one drawing: switches above, hosts below with their NICs, bonds, and what stands on these; cables between. Everything has its full text as a
// tooltip, and what does not fit is clipped.

using Weft.Topology;

namespace Weft.Twin.Proving.Reports;

internal sealed class TopologyDrawing
{
    private const double Margin = 12, Wide = 172, Gap = 16, Line = 15, Pad = 10, Name = 18;
    private const double SwitchTop = 28, Drop = 64;
    private const int Letters = 23;

    private readonly PageWriter to;
    private readonly Layout layout;
    private readonly List<HostBox> hosts;
    private readonly Dictionary<string, double> middles = new(StringComparer.Ordinal);
    private readonly List<string> members;
    private double switchHeight, width;

    private TopologyDrawing(PageWriter to, Layout layout) => (this.to, this.layout, hosts, members) = (to, layout, Boxes.Of(layout), [.. layout.Boxes.SelectMany(box => box.Members)]);

    public static void Draw(PageWriter to, Layout layout) => new TopologyDrawing(to, layout).Draw();

    private double WidthOf(HostBox host) => Math.Max(1, Math.Max(host.Nics.Count, host.Roots.Count)) * (Wide + Gap) - Gap + (2 * Pad);

    private void Draw()
    {
        switchHeight = Height(layout.Boxes.Select(box => Lines(box).Count).DefaultIfEmpty().Max());
        var ofHosts = hosts.Sum(WidthOf) + (Math.Max(0, hosts.Count - 1) * Gap);
        var ofSwitches = (members.Count * (Wide + (2 * Gap))) + Gap;
        width = Math.Max(ofHosts, ofSwitches) + (2 * Margin);
        var top = SwitchTop + switchHeight + Drop;
        var nics = Height(hosts.SelectMany(host => host.Nics).Select(nic => Boxes.FactsOf(nic.Cord).Count()).DefaultIfEmpty().Max());
        var roots = Height(hosts.SelectMany(host => host.Roots).Select(root => Lines(root).Count).DefaultIfEmpty().Max());
        var bottom = top + Name + 12 + nics + 40 + roots + Pad;
        using (to.Open("svg", ("viewBox", $"0 0 {N(width)} {N(bottom + Margin)}"), ("width", N(width)), ("height", N(bottom + Margin)), ("role", "img"), ("aria-label", Said())))
        {
            Switches();
            var left = (width - ofHosts) / 2;
            foreach (var host in hosts)
            {
                Host(host, left, top, nics, bottom);
                left += WidthOf(host) + Gap;
            }
        }
    }

    private string Said() => FormattableString.Invariant($"{members.Count} switches, {layout.Hosts.Count} hosts, {layout.Cords.Count(cord => cord.Box is not null)} cables, {layout.GuestNames.Count} guests");

    private void Switches()
    {
        var step = (width - (2 * Margin)) / Math.Max(1, members.Count);
        foreach (var (member, at) in members.Select((member, at) => (member, at)))
            middles[member] = Margin + (step * (at + 0.5));
        foreach (var trunk in layout.Trunks)
        {
            var (one, other) = (middles[trunk.Members.One], middles[trunk.Members.Other]);
            Path($"M{N(one)} {N(SwitchTop + switchHeight)} C{N(one)} {N(SwitchTop + switchHeight + 34)} {N(other)} {N(SwitchTop + switchHeight + 34)} {N(other)} {N(SwitchTop + switchHeight)}", trunk.Up ? "cable" : "cable off",
                $"{trunk.Members.One} to {trunk.Members.Other}{(trunk.Up ? "" : ", down: it would close a loop")}");
        }
        foreach (var box in layout.Boxes)
        {
            var own = box.Members.Select(member => middles[member]).ToList();
            if (own.Count > 1)
            {
                Rectangle(own[0] - (Wide / 2) - 8, SwitchTop - 20, own[^1] - own[0] + Wide + 16, switchHeight + 28, "frame");
                Text(own[0] - (Wide / 2), SwitchTop - 6, "small", "one pair (MLAG)");
                Path($"M{N(own[0])} {N(SwitchTop + 20)} H{N(own[^1])}", "peer", "the peer link");
            }
            foreach (var (member, at) in box.Members.Select((member, at) => (member, at)))
                Box(middles[member] - (Wide / 2), SwitchTop, switchHeight, "switch", member, at == 0 ? Lines(box) : ["answers with its pair"], string.Join("\n", box.Addresses.Select(pair => FormattableString.Invariant($"VLAN {pair.Key}: {string.Join(", ", pair.Value)}")).Prepend(member)));
        }
    }

    private static List<string> Lines(Box box) => box.Addresses.Count == 0 ? ["switch"] :
        [FormattableString.Invariant($"answers in {box.Addresses.Count} {(box.Addresses.Count == 1 ? "VLAN" : "VLANs")}"), $"{box.Addresses.Values.First()[0]}{(box.Addresses.Count > 1 ? " …" : "")}"];

    private static List<string> Lines(RootBox root) =>
    [
        .. root.Said,
        .. root.Networks.Count > 0 ? new[] { $"{Count(root.Networks.Count, "network")}:", Boxes.Fold(root.Networks, 2) } : [],
        .. root.Guests.Count > 0 ? new[] { $"{Count(root.Guests.Count, "guest")}:", Boxes.Fold(root.Guests, 2) } : [],
    ];

    private static string Count(int count, string word) => FormattableString.Invariant($"{count} {word}{(count == 1 ? "" : "s")}");

    private void Host(HostBox host, double left, double top, double nics, double bottom)
    {
        Rectangle(left, top, WidthOf(host), bottom - top, "frame");
        if (host.Alike.Count > 0)
            Rectangle(left + 4, top + 4, WidthOf(host), bottom - top, "frame behind");
        Text(left + Pad, top + 18, "name", Clip(host.Host.Name + (host.Alike.Count > 0 ? FormattableString.Invariant($" and {host.Alike.Count} alike") : ""), (int)(WidthOf(host) / 8)), string.Join(", ", host.Alike.Prepend(host.Host.Name)));
        var (nicTop, rootTop) = (top + Name + 12, top + Name + 12 + nics + 40);
        var spread = (WidthOf(host) - (2 * Pad) + Gap) / Math.Max(1, host.Roots.Count);
        var rootsAt = host.Roots.Select((root, at) => (root.Name, Middle: left + Pad + (spread * (at + 0.5)) - (Gap / 2))).ToDictionary(pair => pair.Name, pair => pair.Middle, StringComparer.Ordinal);
        var across = (WidthOf(host) - (2 * Pad) + Gap) / Math.Max(1, host.Nics.Count);
        foreach (var (nic, at) in host.Nics.Select((nic, at) => (nic, at)))
        {
            var middle = left + Pad + (across * (at + 0.5)) - (Gap / 2);
            if (nic.Cord.Member is { } member && middles.TryGetValue(member, out var there))
                Path($"M{N(there)} {N(SwitchTop + switchHeight)} C{N(there)} {N(SwitchTop + switchHeight + 30)} {N(middle)} {N(nicTop - 36)} {N(middle)} {N(nicTop)}", "cable", $"the cable of {nic.Cord.Label} to {member}: {string.Join(", ", Boxes.FactsOf(nic.Cord))}");
            var root = nic.Bond ?? nic.Cord.Label;
            Path($"M{N(middle)} {N(nicTop + nics)} C{N(middle)} {N(nicTop + nics + 20)} {N(rootsAt[root])} {N(rootTop - 20)} {N(rootsAt[root])} {N(rootTop)}", "joint", nic.Bond is null ? root : $"{nic.Cord.Label} is a port of {root}");
            Box(middle - (Wide / 2), nicTop, nics, nic.Cord.Box is null ? "off" : "nic", nic.Cord.Label, [.. Boxes.FactsOf(nic.Cord)], $"{nic.Cord.Label} ({nic.Cord.Mac})\n{string.Join("\n", Boxes.FactsOf(nic.Cord))}");
        }
        foreach (var root in host.Roots)
            Box(rootsAt[root.Name] - (Wide / 2), rootTop, bottom - Pad - rootTop, "bond", root.Name, Lines(root), $"{root.Name}, {string.Join(", ", root.Said)}\n{string.Join(", ", root.Networks)}\n{string.Join(", ", root.Guests)}");
    }

    private static double Height(int lines) => Pad + Name + (lines * Line) + 4;

    private void Box(double x, double y, double height, string kind, string name, List<string> lines, string tip)
    {
        using (to.Open("g", ("class", $"box {kind}")))
        {
            to.Say("title", tip);
            Rectangle(x, y, Wide, height, "");
            Text(x + Pad, y + 20, "name", Clip(name, Letters - 3));
            for (var at = 0; at < lines.Count; at++)
                Text(x + Pad, y + 20 + ((at + 1) * Line), "small", Clip(lines[at], Letters));
        }
    }

    private void Rectangle(double x, double y, double wide, double high, string kind)
    {
        using (to.Open("rect", ("class", kind), ("x", N(x)), ("y", N(y)), ("width", N(wide)), ("height", N(high)), ("rx", "6"))) { }
    }

    private void Path(string way, string kind, string tip)
    {
        using (to.Open("path", ("class", kind), ("d", way)))
            to.Say("title", tip);
    }

    private void Text(double x, double y, string kind, string words, string? tip = null)
    {
        using (to.Open("text", ("class", kind), ("x", N(x)), ("y", N(y))))
        {
            if (tip is not null)
                to.Say("title", tip);
            to.Text(words);
        }
    }

    private static string Clip(string text, int most) => text.Length > most ? text[..(most - 1)] + "…" : text;

    private static string N(double pixels) => PageWriter.Number(pixels);
}
