// Files without what nobody asks about: of a thousand networks that are alike one is enough to be asked. What is left is a host file like any other, which
// runs as it would have run within the whole: everything that is not a VLAN, the bridge on it, or a guest stays, and so does who routes for them.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal static class Reduction
{
    /// <summary>The hosts that questions need, with the networks and guests that they need.</summary>
    public static List<NamedHost> Of(Layout layout, Likeness likeness, IReadOnlyCollection<Question> questions)
    {
        var ends = questions.SelectMany(question => new[] { question.Asker, question.Asked }.OfType<End>().Concat(question.Beside)).ToList();
        var needed = ends.Select(end => end.Host).ToHashSet();
        // Nobody asks anything: what is there is looked at all the same.
        if (needed.Count == 0)
            needed = [.. layout.Hosts];
        var vlans = questions.SelectMany(question => question.Vlans).ToHashSet();
        var kept = layout.Hosts.Where(needed.Contains).Select(host => (Host: host, Links: Links(host, likeness, questions))).ToList();
        foreach (var (host, links) in kept)
            vlans.UnionWith(links.Select(link => Tags.Of(host.Host, link)).OfType<IReadOnlyList<long>>().Where(tags => tags.Count > 0).Select(tags => tags[0]));
        // Who sends untagged is in the native VLAN of a cable.
        vlans.UnionWith(layout.Cords.Where(cord => needed.Contains(cord.Host)).Select(cord => cord.Native).OfType<long>());
        // A switch or link that only another host's file describes is part of this one's network too: its addresses, pairs and links are said in the first.
        var left = layout.Hosts.Except(kept.Select(one => one.Host)).ToList();
        var described = left.SelectMany(host => host.Host.Rest.Map("switches") ?? Fields.Empty).ToList();
        var joined = left.SelectMany(host => host.Host.Rest.List("links")).ToList();
        return [.. kept.Select((one, at) => one.Host with { Host = Without(one.Host, one.Links, [.. ends.Select(end => end.Guest?.Guest).OfType<string>()], vlans, at == 0 ? described : [], at == 0 ? joined : []) })];
    }

    private static Host Without(NamedHost host, HashSet<string> links, HashSet<string> guests, HashSet<long> vlans, List<Field> described, List<At<Value>> joined)
    {
        var rest = host.Host.Rest;
        if (joined.Count > 0)
            rest = rest.With("links", new Value.List([.. rest.List("links"), .. joined]));
        if (rest.Map("guests") is { } all)
            rest = rest.With("guests", new Value.Map(new(all.Where(guest => guests.Contains(guest.Name.Value)))));
        if ((rest.Map("switches") ?? (described.Count > 0 ? Fields.Empty : null)) is { } switches)
        {
            var said = switches.Select(entry => entry.Name.Value).ToHashSet(StringComparer.Ordinal);
            rest = rest.With("switches", new Value.Map(new([.. switches.Concat(described.Where(entry => said.Add(entry.Name.Value))).Select(entry => entry with { Value = At.Nowhere(Answering(entry.Value.Value, vlans)) })])));
        }
        return host.Host with { Links = [.. host.Host.Links.Where(link => links.Contains(link.Name.Value))], Rest = rest };
    }

    /// <summary>A switch answers in the VLANs that are left.</summary>
    private static Value Answering(Value entry, HashSet<long> vlans) =>
        entry is Value.Map { Fields: var fields } && fields.Map("addresses") is { } addresses
            ? new Value.Map(fields.With("addresses", new Value.Map(new(addresses.Where(own => vlans.Contains(long.Parse(own.Name.Value, System.Globalization.CultureInfo.InvariantCulture)) )))))
            : entry;

    /// <summary>The links of a host that questions need, by name.</summary>
    private static HashSet<string> Links(NamedHost host, Likeness likeness, IReadOnlyCollection<Question> questions)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var masters = host.Host.Of(LinkKind.Bridge).SelectMany(bridge => bridge.Ports, (bridge, port) => (Port: port.Name.Value, Bridge: bridge.Name.Value)).ToLookup(pair => pair.Port, pair => pair.Bridge, StringComparer.Ordinal);
        void Keep(string name)
        {
            if (!kept.Add(name) || host.Host.Find(name) is not { } link)
                return;
            foreach (var lower in link.Lowers)
                Keep(lower.Value);
            // What has an address and is a port all the same hands its frames to its bridge.
            foreach (var master in link.Addresses.Length > 0 ? masters[name] : [])
                Keep(master);
        }

        foreach (var link in host.Host.Links.Where(link => link.Kind != LinkKind.Vlan && link.Kind != LinkKind.Bridge))
            Keep(link.Name.Value);
        foreach (var name in likeness.NamesOf(host).Concat(Likeness.Across(host.Host)))
            Keep(name);
        foreach (var question in questions)
        {
            foreach (var end in new[] { question.Asker, question.Asked }.OfType<End>().Concat(question.Beside))
                if (end.Host == host)
                    Keep(end.Link);
            // Who asks beyond his own network goes by routers, and so do answers.
            if (question.Asker?.Own.Contains(question.Target) != true)
                foreach (var link in host.Host.Links.Where(link => link.Gateways.Length > 0 || link.Addresses.Any(own => own.Value.Contains(question.Target))))
                    Keep(link.Name.Value);
        }
        return kept;
    }
}
