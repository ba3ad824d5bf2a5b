// What kinds of link say elsewhere than in attributes of their data, or under one number or another: where a VLAN and a MACVLAN
// stand, a veth's other end, a VXLAN's addresses of two families.

using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Weft.Plan;


namespace Weft.Linux;

internal static class Kinds
{
    /// <summary>Lines that no set has: IFLA_LINK says them, or the message that a veth's other end is.</summary>
    public static bool IsElsewhere(Model.Attributes.Attribute line) => line == VlanLines.Lower || line == MacvlanLines.Lower || line == VethLines.Peer;

    /// <summary>What IFLA_LINK says of a new link.</summary>
    public static string? LowerOfMessage(Step.OfLink step) =>
        step.Kind != LinkKind.Vxlan && LowerLines.Of(step.Kind) is { } line ? LowerLines.Said(step.Settings.ValueOf(line)) : null;

    /// <summary>Fills in what of a link its kind's set does not say by name.</summary>
    public static void Tell(Slots slots, LinkKind kind, LinkMessage message, Names names)
    {
        if (kind == LinkKind.Macvlan)
            slots.Put(MacvlanLines.Lower, Value.Of(message.LinkNetnsid is null && message.Link is { } lower ? names.Of(lower) ?? "" : ""));
        else if (kind == LinkKind.Veth && message.Link is { } peer)
            slots.Put(VethLines.Peer, Value.Of(names.Of(peer) ?? ""));
        else if (kind == LinkKind.Vxlan && message.Info?.Vxlan is { } vxlan)
        {
            var far = (vxlan.Group ?? vxlan.Group6)?.ToString() ?? "";
            var isGroup = VxlanLines.IsMulticast(far);
            slots.Put(VxlanLines.Group, Value.Of(isGroup ? far : ""));
            slots.Put(VxlanLines.Remote, Value.Of(isGroup ? "" : far));
            slots.Put(VxlanLines.Local, Value.Of((vxlan.Local ?? vxlan.Local6)?.ToString() ?? ""));
            if (vxlan.TtlInherit is [not 0, ..])
                slots.Put(VxlanLines.Ttl, Value.Of(Model.Shapes.TtlShape.Inherit));
            slots.Put(VxlanLines.SourcePort, Value.Of(vxlan.PortRange is { Low: not 0 } range ? Model.Shapes.PortRange.Spell(range.Low, range.High) : ""));
        }
    }

    /// <summary>Each address under the name of its family, a range as its two ends. What is nothing is not said.</summary>
    public static Dictionary<string, Value> Spelled(LinkKind kind, Dictionary<string, Value> data)
    {
        if (kind != LinkKind.Vxlan)
            return data;
        var spelled = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in data)
            if (value is not Value.Word { Text: var text })
                spelled[name] = value;
            else if (text.Length > 0)
                spelled[name switch { "remote" or "group" => Of("group", text), "local" => Of("local", text), _ => name }] = value;
        return spelled;

        static string Of(string name, string address) => address.Contains(':', StringComparison.Ordinal) ? name + "6" : name;
    }

    /// <summary>A VXLAN's set, of what <see cref="Spelled"/> gave.</summary>
    public static VxlanData? Tunnel(Dictionary<string, Value> data)
    {
        var ports = data.Remove(VxlanLines.SourcePort.Wire, out var range) ? Model.Shapes.PortRange.Of(range.ToString()!) : default;
        var inherits = data.GetValueOrDefault(VxlanLines.Ttl.Wire) is Value.Word && data.Remove(VxlanLines.Ttl.Wire);
        var set = Scatter.Into<VxlanData>(data);
        if (inherits)
            (set ??= new()).TtlInherit = [];
        if (range is not null)
            (set ??= new()).PortRange = new(ports.First, ports.Last);
        return set;
    }

    /// <summary>The other end of a new veth, under an index that it can be spoken of by at once.</summary>
    public static VethData OtherEnd(Step.OfLink step, Names names)
    {
        var name = step.Settings.Word(VethLines.Peer)!;
        var peer = new LinkMessage { Name = name, Header = { Index = names.Next() } };
        names.Put(peer.Header.Index, name);
        return new() { Peer = peer };
    }
}
