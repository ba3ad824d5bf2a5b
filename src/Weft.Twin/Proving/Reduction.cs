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
        // What switches are, all files say together, those that are left out too: it is said in the first.
        var left = layout.Hosts.Except(kept.Select(one => one.Host)).ToList();
        var joined = left.SelectMany(host => host.Host.Rest.List("links")).ToList();
        return [.. kept.Select((one, at) => one.Host with { Host = Without(one.Host, one.Links, [.. ends.Select(end => end.Guest?.Guest).OfType<string>()], at == 0 ? Switches(layout, vlans) : Fields.Empty, at == 0 ? joined : []) })];
    }

    private static Host Without(NamedHost host, HashSet<string> links, HashSet<string> guests, Fields switches, List<At<Value>> joined)
    {
        var rest = host.Host.Rest;
        if (joined.Count > 0)
            rest = rest.With("links", new Value.List([.. rest.List("links"), .. joined]));
        if (rest.Map("guests") is { } all)
            rest = rest.With("guests", new Value.Map(new(all.Where(guest => guests.Contains(guest.Name.Value)))));
        if (switches.Count > 0 || rest.Map("switches") is not null)
            rest = rest.With("switches", new Value.Map(switches));
        return host.Host with { Links = [.. host.Host.Links.Where(link => links.Contains(link.Name.Value))], Rest = rest };
    }

    /// <summary>The switches as the layout has them, whichever file said what of them; each answers in the VLANs that are left.</summary>
    private static Fields Switches(Layout layout, HashSet<long> vlans)
    {
        var described = layout.Hosts.SelectMany(host => host.Host.Switches).Select(one => one.Name.Value).ToHashSet(StringComparer.Ordinal);
        var all = Fields.Empty;
        foreach (var box in layout.Boxes.Where(box => described.Contains(box.Name)))
            foreach (var member in box.Members)
            {
                var said = Fields.Empty.With("mtu", Value.Of(box.Mtu));
                if (box.Others.Count > 0)
                    said = said.With("mlag", Value.Of(box.Name));
                if (member == box.Name)
                    said = said.With("addresses", new Value.Map(new(box.Addresses.Where(own => vlans.Contains(own.Key)).Select(own =>
                        new Field(At.Nowhere(FormattableString.Invariant($"{own.Key}")), At.Nowhere<Value>(new Value.List([.. own.Value.Select(address => At.Nowhere<Value>(Value.Of($"{address}")))])))))));
                all = all.With(member, new Value.Map(said));
            }
        return all;
    }

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
