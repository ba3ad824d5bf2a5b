// Who speaks with whom while a scene runs: every end of every network with the router of that network, or where there is none with
// somebody else in it. Each is a ping, so that what is lost, and for how long, can be counted.

using System.Net;
using Weft.Model;
using Weft.Topology;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;

namespace Weft.Twin.Scenes;

/// <summary>A ping that goes on, from an end of a network to another.</summary>
/// <param name="Network">The network's name in the file; without one, its bridge's or link's.</param>
internal sealed record Conversation(string Network, string From, string To, IPAddress Target, Ping Ping)
{
    public string Said => $"{From} to {To} ({Target})";

    /// <summary>How long an echo may take to be answered.</summary>
    public const long Patience = Packets.Time.VirtualTime.Second;

    private long duplicates;

    /// <summary>Counts from now on.</summary>
    public void Begin() => duplicates = Ping.Duplicates;

    /// <summary>The silences between two moments; what began before begins with the first.</summary>
    public IEnumerable<Silence> Silences(long start, long end) =>
        Ping.Silences(Patience).Where(silence => silence.From < end && silence.Until > start).Select(silence => silence.From >= start ? silence : silence with { From = start, Lost = Lost(start, Math.Min(silence.Until, end)) });

    private long Lost(long from, long until)
    {
        var lost = 0L;
        for (var probe = Ping.First; probe < Ping.Sent; probe++)
            lost += Ping.SentAt(probe) >= from && Ping.SentAt(probe) < until && IsLost(probe) ? 1 : 0;
        return lost;
    }

    private bool IsLost(long probe) => Ping.AnsweredAt(probe) == Ping.NotAnswered || Ping.AnsweredAt(probe) - Ping.SentAt(probe) > Patience;

    public Loss Between(long start, long end)
    {
        var sent = 0L;
        for (var probe = Ping.First; probe < Ping.Sent; probe++)
            sent += Ping.SentAt(probe) >= start && Ping.SentAt(probe) < end ? 1 : 0;
        return new(Network, From, To, Target, sent, Lost(start, end), Ping.Duplicates - duplicates, Silences(start, end).Select(silence => Math.Min(silence.Until, end) - silence.From).DefaultIfEmpty().Max())
        {
            LostAtEnd = Lost(Math.Max(start, end - Loss.End), end),
        };
    }
}

internal static class Conversations
{
    /// <param name="every">How often each asks, in nanoseconds.</param>
    /// <param name="most">How many echoes are remembered.</param>
    public static List<Conversation> Of(Scene scene, long every, long most)
    {
        var all = new List<Conversation>();
        // What is in a VRF is asked there: outside it no route leads to its networks.
        foreach (var (name, device, own, gateways, network) in Own(scene))
            if (device is { Machine: var machine } && Partner(scene, machine, own, gateways) is var (to, target))
                all.Add(new(network, name, to, target, new Ping(machine, target) { Every = every, Source = own.Address, Over = machine.Stack.Of(device).Domain, Remembers = (int)most }));
        return all;
    }

    /// <summary>One conversation alone.</summary>
    public static List<Conversation> Of(Scene scene, Chosen chosen, End from, End to, IPAddress target, long every, long most)
    {
        var (asker, asked) = (NameOf(scene, from), NameOf(scene, to));
        var ends = Own(scene).Where(end => scene.Machine(end.Name) is { } machine && (machine == from.Machine ? from.Address?.Equals(end.Own.Address) ?? end.Own.Contains(target) : machine == to.Machine && end.Own.Address.Equals(target))).ToList();
        var network = ends.OrderBy(end => end.Name == asker ? 0 : 1).Select(end => end.Network).FirstOrDefault($"{asker} to {asked}");
        var size = chosen.IsFull ? FullSize.Of(scene, from.Machine, from.Address, to.Machine, target) : Ping.UsualSize;
        return [new(network, asker, asked, target, new Ping(from.Machine, target) { Every = every, Source = from.Address, Over = Endings.DomainOf(from, target), Size = size, Remembers = (int)most })];
    }

    private static string NameOf(Scene scene, End end) => scene.All.First(pair => pair.Machine == end.Machine).Name;

    /// <summary>Every address of a host or guest, with its routers and its network.</summary>
    private static IEnumerable<(string Name, Netdev? Device, IpPrefix Own, IEnumerable<IPAddress> Gateways, string Network)> Own(Scene scene)
    {
        var names = scene.Layout.Hosts.ToDictionary(host => host, host => new NetworkNames(host.Host));
        foreach (var host in scene.Layout.Hosts)
            foreach (var link in host.Host.Links)
                foreach (var own in link.Addresses.Select(address => address.Value))
                    yield return (host.Name, Device(host, link.Name.Value), own, link.Gateways.Select(gateway => gateway.Value), names[host].Of(link.Name.Value));
        foreach (var cord in scene.Layout.Guests)
            foreach (var own in cord.Addresses)
                yield return (cord.Guest, scene.Machine(cord.Guest)!.Find(cord.Nic), own, cord.Gateways, names[cord.Host].Of(cord.Bridge ?? cord.Nic, cord.Vlan));

        Netdev? Device(NamedHost host, string label) =>
            scene.Machine(host.Name)!.Find(scene.Layout.Cords.Find(cord => cord.Host == host && cord.Label == label)?.Nic ?? label);
    }

    /// <summary>Whom an address speaks to: its router, else a switch's address in its network, else a host's, else a guest's.</summary>
    private static (string Name, IPAddress Address)? Partner(Scene scene, Machine machine, IpPrefix own, IEnumerable<IPAddress> gateways)
    {
        var near = (from other in scene.All
                    where other.Machine != machine
                    from address in other.Machine.Stack.Prefixes
                    where own.Contains(address.Address) && !address.Address.Equals(own.Address)
                    select (other.Name, address.Address)).ToList();
        foreach (var gateway in gateways)
            if (near.Find(other => other.Address.Equals(gateway)) is { Name: not null } router)
                return router;
        return near.Count > 0 ? near[0] : null;
    }
}
