// What decides what becomes of a question beside its two ends: who routes for it on its way there and back, who else has one of its addresses, and other networks of
// an end's machine that hold the same addresses. None of it can be told from the two ends, and so such a question is like no other.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal sealed class Surroundings
{
    private readonly Layout layout;
    private readonly ILookup<string, End> own;
    private readonly ILookup<IPAddress, End> having;
    private readonly ILookup<IPAddress, (string Box, long Vlan)> answering;
    private readonly Dictionary<End, HashSet<End>> overlapping = new(ReferenceEqualityComparer.Instance);

    public Surroundings(Layout layout, IReadOnlyList<End> ends)
    {
        this.layout = layout;
        own = ends.ToLookup(end => end.Machine, StringComparer.Ordinal);
        // Each link has a link-local network of its own, and all have the same prefix.
        having = ends.Where(end => !end.Own.Address.IsIPv6LinkLocal).ToLookup(end => end.Own.Address);
        answering = (from box in layout.Boxes
                     from vlan in box.Addresses
                     from address in vlan.Value
                     select (address.Address, box.Name, vlan.Key)).ToLookup(found => found.Address, found => (found.Name, found.Key));
        foreach (var machine in own)
            Overlap([.. machine.Where(end => !end.Own.Address.IsIPv6LinkLocal)]);
    }

    /// <summary>The question, and what is beside it.</summary>
    public Question Of(Question question)
    {
        var (ends, vlans) = (new HashSet<End>(ReferenceEqualityComparer.Instance), new HashSet<long>());
        foreach (var end in new[] { question.Asker, question.Asked }.OfType<End>())
        {
            ends.UnionWith(overlapping.GetValueOrDefault(end) ?? []);
            ends.UnionWith(having[end.Own.Address]);
            vlans.UnionWith(answering[end.Own.Address].Select(switched => switched.Vlan));
        }
        ends.UnionWith(having[question.Target]);
        if (IsRouted(question))
            Route(question, ends, vlans);
        ends.RemoveWhere(end => ReferenceEquals(end, question.Asker) || ReferenceEquals(end, question.Asked));
        return ends.Count == 0 && vlans.Count == 0 ? question : question with { Beside = [.. ends], Through = [.. vlans.Order()] };
    }

    /// <summary>Whether the one who asks has to send to a router.</summary>
    private bool IsRouted(Question question) =>
        question.Asker is { } asker ? !asker.Own.Contains(question.Target) : !own[question.From].Any(end => end.Own.Contains(question.Target)) && !Switched(question.From).Any(switched => switched.Own.Contains(question.Target));

    private IEnumerable<(long Vlan, IpPrefix Own)> Switched(string name) =>
        layout.Boxes.Find(box => box.Name == name) is { } box ? box.Addresses.SelectMany(vlan => vlan.Value, (vlan, address) => (vlan.Key, address)) : [];

    /// <summary>Every way that any route could lead there, and back.</summary>
    private void Route(Question question, HashSet<End> ends, HashSet<long> vlans)
    {
        Walk(question.From, question.Target, ends, vlans);
        var sources = question.Asker is { } asker ? [asker.Own.Address]
            : ends.Where(end => end.Machine == question.From).Select(end => end.Own.Address).Concat(Switched(question.From).Where(switched => vlans.Contains(switched.Vlan)).Select(switched => switched.Own.Address)).ToList();
        foreach (var source in sources)
            Walk(question.To, source, ends, vlans);
    }

    private void Walk(string from, IPAddress to, HashSet<End> ends, HashSet<long> vlans)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Queue<string>([from]));
        while (open.TryDequeue(out var machine))
            foreach (var next in Hops(machine, to))
            {
                ends.UnionWith(own[machine].Where(end => end.Own.Contains(next)));
                ends.UnionWith(having[next]);
                vlans.UnionWith(Switched(machine).Where(switched => switched.Own.Contains(next)).Select(switched => switched.Vlan));
                vlans.UnionWith(answering[next].Select(switched => switched.Vlan));
                foreach (var router in next.Equals(to) ? [] : having[next].Select(end => end.Machine).Concat(answering[next].Select(switched => switched.Box)))
                    if (seen.Add(router))
                        open.Enqueue(router);
            }
    }

    /// <summary>To whom a machine may send what is for an address: to that itself where it is in a network of its own, and to its routers.</summary>
    private HashSet<IPAddress> Hops(string machine, IPAddress to)
    {
        var hops = own[machine].SelectMany(end => end.Gateways).ToHashSet();
        if (own[machine].Any(end => end.Own.Contains(to)) || Switched(machine).Any(switched => switched.Own.Contains(to)))
            hops.Add(to);
        if (layout.Hosts.Find(host => host.Name == machine) is { } named)
        {
            hops.UnionWith(named.Host.Links.SelectMany(link => link.Gateways).Select(gateway => gateway.Value));
            hops.UnionWith(named.Host.Routes.Where(route => route.To.Value.Contains(to)).SelectMany(route => route.Ways).Select(way => way.Via?.Value ?? to));
        }
        hops.RemoveWhere(hop => hop.AddressFamily != to.AddressFamily && hop.AddressFamily == AddressFamily.InterNetwork);
        return hops;
    }

    /// <summary>Finds ends of one machine, on different links, one of whose networks lies within the other.</summary>
    private void Overlap(List<End> ends)
    {
        var lengths = ends.Select(end => (end.Own.Is6, end.Own.Length)).Distinct().ToList();
        var networks = ends.ToLookup(end => end.Own.Network);
        foreach (var end in ends)
            foreach (var (is6, length) in lengths)
                if (is6 == end.Own.Is6 && length <= end.Own.Length)
                    foreach (var other in networks[new IpPrefix(end.Own.Address, length).Network])
                        if ((other.Link, other.Guest?.Nic) != (end.Link, end.Guest?.Nic))
                        {
                            Of(end).Add(other);
                            Of(other).Add(end);
                        }

        HashSet<End> Of(End end) => overlapping.TryGetValue(end, out var known) ? known : overlapping[end] = new(ReferenceEqualityComparer.Instance);
    }
}
