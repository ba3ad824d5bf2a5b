// A step on a link as link messages: each setting goes where the attribute table says it lives.

using System.Text;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Weft.Plan;

namespace Weft.Linux;

internal static class LinkWriting
{
    /// <summary>What a step takes: one message, and further ones for what the kernel takes only of a link that is there (rtnl_newlink leaves a note unread, and names have messages of their own).</summary>
    public static IEnumerable<Request> Requests(Step.OfLink step, Names names)
    {
        var apart = step.Settings.Where(line => line == MarkLines.Altnames || (line == MarkLines.Alias && step.Verb == Verb.Add));
        if (step.Verb == Verb.Add || step.Settings.Count > apart.Count)
            yield return Request(step with { Settings = step.Settings.Where(line => !apart.Has(line)) }, names);
        var header = new LinkHeader { Index = names.IndexOf(step.Name) };
        if (apart.Word(MarkLines.Alias) is { } alias)
            yield return new(MessageType.NewLink, MessageFlags.None, new LinkMessage { Header = header, AliasBytes = Encoding.UTF8.GetBytes(alias) });
        if (Of(apart, comes: false) is { Count: > 0 } going)
            yield return new(MessageType.DeleteLinkProperty, MessageFlags.None, new LinkMessage { Header = header, Properties = new() { AltNames = going } });
        if (Of(apart, comes: true) is { Count: > 0 } coming)
            yield return new(MessageType.NewLinkProperty, MessageFlags.Create | MessageFlags.Append | MessageFlags.Exclusive, new LinkMessage { Header = header, Properties = new() { AltNames = coming } });
    }

    private static List<string> Of(Settings settings, bool comes) =>
        settings.ValueOf(MarkLines.Altnames) is Value.Map map ? [.. map.Fields.Where(field => field.Value.Value == Value.Of(comes)).Select(field => field.Name.Value)] : [];

    private static Request Request(Step.OfLink step, Names names)
    {
        var adds = step.Verb == Verb.Add;
        var settings = step.Settings;
        var message = new LinkMessage
        {
            Name = adds ? step.Name : null,
            Mtu = (uint?)settings.Number(Table.Mtu),
            Address = settings.Word(Table.Mac) is { } mac ? HardwareAddress.Parse(mac) : null,
            Master = settings.Word(Table.Master) is { } master ? names.IndexOf(master) : null,
            Link = adds && Kinds.LowerOfMessage(step) is { } lower ? names.IndexOf(lower) : null,
            Info = Info(step, names),
            Txqlen = (uint?)settings.Number(MarkLines.Txqueuelen),
            AliasBytes = settings.Word(MarkLines.Alias) is { } alias ? Encoding.UTF8.GetBytes(alias) : null,
        };
        message.Header.Index = adds ? names.Next() : names.IndexOf(step.Name);
        if (settings.Flag(Table.Up) is { } up)
        {
            message.Header.Change = LinkFlags.Up;
            message.Header.Flags = up ? LinkFlags.Up : LinkFlags.None;
        }
        if (adds)
            names.Put(message.Header.Index, step.Name);
        return new(MessageType.NewLink, adds ? MessageFlags.Create | MessageFlags.Exclusive : MessageFlags.None, message);
    }

    private static LinkInfo? Info(Step.OfLink step, Names names)
    {
        var data = Kinds.Spelled(step.Kind, Meaning.ToWire(step.Settings.Where(line => line.Home == Home.Data && !Kinds.IsElsewhere(line)), names));
        var port = step.Settings.Where(line => line.Home == Home.Port);
        if (step.Verb != Verb.Add && data.Count == 0 && port.Count == 0)
            return null;
        var info = new LinkInfo();
        if (step.Verb == Verb.Add || data.Count > 0)
        {
            info.Kind = step.Kind.Word;
            if (step.Kind == LinkKind.Bond)
                info.Bond = Scatter.Into<BondData>(data);
            else if (step.Kind == LinkKind.Vlan)
                info.Vlan = Scatter.Into<VlanData>(data);
            else if (step.Kind == LinkKind.Bridge)
                info.Bridge = Scatter.Into<BridgeData>(data);
            else if (step.Kind == LinkKind.Macvlan)
                info.Macvlan = Scatter.Into<MacvlanData>(data);
            else if (step.Kind == LinkKind.Vxlan)
                info.Vxlan = Kinds.Tunnel(data);
            else if (step.Kind == LinkKind.Vrf)
                info.Vrf = Scatter.Into<VrfData>(data);
            else if (step.Kind == LinkKind.Veth && step.Verb == Verb.Add)
                info.Veth = Kinds.OtherEnd(step, names);
        }
        if (port.Count > 0)
        {
            var options = Meaning.ToWire(port, names);
            info.PortKind = port.First().Key.Kinds[0].Word;
            if (info.PortKind == LinkKind.Bond.Word)
                info.BondPort = Scatter.Into<BondPortData>(options);
            else
                info.BridgePort = Scatter.Into<BridgePortData>(options);
        }
        return info;
    }
}
