// Other programs on a host: libvirt plugs a tap in, keepalived holds an address, bird a route, somebody shapes a link. Each
// thing is planted with `ip`, `bridge` or `tc`, has a mark by which it is found again in what those tools print, and hangs on
// one link.

using System.Text.Json.Nodes;
using Weft.Model;

namespace Weft.Kernel.Tests;

/// <summary>One thing of somebody else's.</summary>
/// <param name="Link">The link it hangs on.</param>
/// <param name="Mark">What is found in the plan where the plan says that it goes.</param>
/// <param name="Text">All that the tool says of it, without indexes, counters and ages.</param>
internal sealed record Strange(string Link, string Mark, string Text)
{
    /// <summary>A nexthop object, or a route by one.</summary>
    public bool IsNexthop => Mark.StartsWith("id ", StringComparison.Ordinal) || Text.Contains("nhid:", StringComparison.Ordinal);
}

internal sealed class Strangers(BareHost host)
{
    private int count;

    /// <summary>What is not touched by any file: a bridge of somebody's with a cable, an address, routes and a rule of its own.</summary>
    public void SettleApart() => host.Others("""
        link add vmbr9 type bridge
        link add fv0 type veth peer name fv1
        link set fv0 master vmbr9 up
        link set fv1 up
        link set vmbr9 up
        addr add 192.168.99.1/24 dev vmbr9
        route add 198.51.100.0/24 via 192.168.99.2 proto bird metric 7
        nexthop add id 9 via 192.168.99.3 dev vmbr9
        route add 198.51.101.0/24 nhid 9
        route add 198.51.103.0/24 proto bird nexthop via 192.168.99.4 dev vmbr9 weight 2 nexthop via 192.168.99.5 dev vmbr9
        rule add from 192.168.99.0/24 lookup 99 priority 99
        """);

    /// <summary>Plugs a guest into a bridge: a tap apart from its like, with a static forwarding entry and a VLAN.</summary>
    public void PlugInto(string bridge)
    {
        var tap = $"tap{++count}";
        host.Others($"tuntap add {tap} mode tap\nlink set {tap} master {bridge}\nlink set {tap} up\nlink set {tap} type bridge_slave isolated on neigh_suppress on");
        host.Batch("bridge", "", $"fdb add 52:54:00:aa:00:{count:x2} dev {tap} master static\nvlan add vid {700 + count} dev {tap}");
    }

    /// <summary>Uses a link that is up and no port: a virtual address, a route, a neighbour, a nexthop with its route, shaping, a MACVLAN.</summary>
    public void Use(Link on)
    {
        var (n, link) = (++count, on.Name.Value);
        var commands = $"""
            addr add 192.0.2.{n}/32 dev {link} label {link[..Math.Min(link.Length, 11)]}:v{n % 100}
            route add 198.51.104.{n}/32 dev {link} proto bird
            neigh add 203.0.113.{n} lladdr 52:54:00:bb:00:{n:x2} dev {link} nud permanent
            """;
        // A MACVLAN takes the frames of its lower link, which then becomes no port: it stands where none is expected.
        if (on.Kind == LinkKind.Bridge)
            commands += $"\nlink add mv{n} link {link} type macvlan mode bridge\naddr add 192.0.3.{n}/32 dev mv{n}";
        host.Others(commands);
        // A bond whose ARP monitor hears nobody loses its carrier by itself, perhaps just now.
        host.OthersUnless("Carrier for nexthop device is down", $"nexthop add id {1000 + n} dev {link}\nroute add 198.51.105.{n}/32 nhid {1000 + n}\nnexthop add id {2000 + n} group {1000 + n}\nroute add 198.51.106.{n}/32 nhid {2000 + n}");
        host.Tool("tc", $"qdisc replace dev {link} root tbf rate {n}mbit burst 16kb latency 50ms");
    }

    /// <summary>Everything that was planted and is there now.</summary>
    public List<Strange> Seen()
    {
        var found = new List<Strange>();
        void Add(string link, string mark, JsonNode node) => found.Add(new(link, mark, Plain(node)));
        var ip = HostFacts.Lists(host.Batch("ip", "-d -j -N", "link show\naddr show\nroute show table all\nrule show\nnexthop show\nneigh show nud permanent"));
        var bridge = HostFacts.Lists(host.Batch("bridge", "-d -j", "fdb show\nvlan show"));
        (ip.Count, bridge.Count).ShouldBe((6, 2));
        foreach (var item in ip[0])
            if (Name(item) is { } name && (name.StartsWith("tap", StringComparison.Ordinal) || name.StartsWith("mv", StringComparison.Ordinal) || name is "vmbr9" or "fv0" or "fv1"))
                Add(name, name, item);
        foreach (var item in ip[1])
            foreach (var address in item["addr_info"]!.AsArray().OfType<JsonObject>())
                if ((string)address["local"]! is var local && (local.StartsWith("192.0.", StringComparison.Ordinal) || local.StartsWith("192.168.99.", StringComparison.Ordinal)))
                    Add(Name(item)!, local, address);
        foreach (var item in ip[2])
            if ((string)item["dst"]! is var to && to.StartsWith("198.51.", StringComparison.Ordinal))
                Add((string?)item["dev"] ?? (string?)item["nexthops"]?[0]?["dev"] ?? "", to, item);
        foreach (var item in ip[3])
            if ((string?)item["src"] == "192.168.99.0")
                Add("", "192.168.99.0", item);
        // A group of nexthops hangs on the link of its first.
        var hops = ip[4].Where(item => item["dev"] is not null).ToDictionary(item => $"{item["id"]}", item => (string)item["dev"]!);
        foreach (var item in ip[4])
            Add((string?)item["dev"] ?? hops.GetValueOrDefault($"{item["group"]?[0]?["id"]}", ""), $"id {item["id"]}", item);
        foreach (var item in ip[5])
            if ((string)item["dst"]! is var neighbour && neighbour.StartsWith("203.0.113.", StringComparison.Ordinal))
                Add((string)item["dev"]!, neighbour, item);
        foreach (var item in bridge[0])
            if ((string)item["mac"]! is var mac && mac.StartsWith("52:54:00:aa:", StringComparison.Ordinal))
                Add(Name(item)!, mac, item);
        foreach (var item in bridge[1])
            if (Name(item)!.StartsWith("tap", StringComparison.Ordinal))
                Add(Name(item)!, Name(item)!, item);
        foreach (var item in HostFacts.Items(host.Tool("tc", "-j qdisc show")))
            if ((string)item["kind"]! == "tbf")
                Add((string)item["dev"]!, "tbf", item);
        return found;
    }

    private static string? Name(JsonNode item) => (string?)item["ifname"];

    private static readonly HashSet<string> Passing =
        ["ifindex", "link_index", "carrier_changes", "carrier_up_count", "carrier_down_count", "operstate", "flags", "used", "updated", "hello_timer", "gc_timer", "tcn_timer", "topology_change_timer",
         "refcnt", "state", "stats", "stats64", "address", "bridge_id", "root_id", "designated_root", "designated_bridge", "designated_cost", "root_cost", "root_port", "designated_port", "topology_change_ack", "config_pending",
         "handle", "num_tx_queues", "gso_max_size", "gso_max_segs", "tso_max_size", "tso_max_segs", "gro_max_size", "linkmode", "port_id", "id", "no", "root_path_cost", "forward_delay_timer", "message_age_timer", "hold_timer"];

    /// <summary>Keys in order, without what passes: counters, timers, indexes, and a spanning tree's own view.</summary>
    private static string Plain(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(",", map.Where(pair => !Passing.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Plain(pair.Value)}"))}}}",
        JsonArray list => $"[{string.Join(",", list.Select(Plain))}]",
        _ => node?.ToJsonString() ?? "null",
    };
}
