// The host file's shape, top to bottom. The links' keys come from the attribute table; the rest is said here once. The
// reader walks this, the writer prints in this order, and the JSON schema and the documentation are to be derived from it.

using System.Collections.Immutable;
using Weft.Model.Attributes;
using Weft.Model.Shapes;

namespace Weft.Model;

/// <summary>The keys of a host file.</summary>
public static class Schema
{
    private static readonly FlagShape Flag = new();
    private static readonly LinkName Link = new();
    private static readonly NameShape Name = new();
    private static readonly MacShape Mac = new();
    private static readonly AddressShape Address = new();
    private static readonly PrefixShape Prefix = new();
    private static readonly Scalar Seconds = new SecondsShape(0), MoreSeconds = new SecondsShape(1);

    /// <summary>An address of the host's own, alone or with its lifetimes.</summary>
    private static readonly OneOrRecordOf OwnAddress = new(Prefix, new("an address",
    [
        new("address", Prefix, "The address with the length of its network.") { Required = true },
        new(Lifetime.PreferredKey, Seconds, "For how many seconds it is chosen as a source of new connections; 0, and it is deprecated: reachable, and IPv6 chooses it only where there is no other.") { Note = "As long as valid_lft where it is not said." },
        new(Lifetime.ValidKey, MoreSeconds, "For how many seconds it is there.") { Default = Value.Of(Lifetime.ForeverWord) },
    ]));

    private static readonly Count VlanId = new(1, 4094) { RangeRule = "vlan-id-out-of-range" };
    private static readonly Count Mtu = (Count)Table.Mtu.Shape;
    private static readonly OneOf Role = new("management", "storage", "guests");
    private static readonly OneOf Survives = new("any-one", "any-two");
    private static readonly Count Number = new(0, uint.MaxValue);

    /// <summary>rtm_scope (linux/rtnetlink.h).</summary>
    public static readonly OneOf Scopes = new([new Choice(0, "global"), new(200, "site"), new(253, "link"), new(254, "host")]);

    public static readonly RecordOf Match = new("match",
    [
        new("mac", new MacShape(), "The permanent MAC."),
        new("pci", new PciShape(), "The PCI address of the function behind it."),
        new("driver", new TextShape("a driver's name"), "The kernel driver."),
        new("name", Link, "The kernel's name."),
    ]);

    public static readonly RecordOf Route = new("a route",
    [
        new("to", new PrefixShape(Destination: true), "Destination network, or default.") { Required = true },
        new("via", Address, "The next hop."),
        new("link", Link, "The link that leads there; found from `via` where it is left out."),
        new("nexthops", new ListOf(new RecordOf("a next hop",
        [
            new("via", Address, "The next hop."),
            new("link", Link, "The link that leads there; found from `via` where it is left out."),
            new("weight", new Count(1, 256), "How many parts of the flows it gets.") { Default = Value.Of(1) },
            new("onlink", Flag, "The next hop is on the link even where no address says so."),
        ])), "Several next hops in the place of one: the kernel spreads flows over them."),
        new("metric", Number, "Which of two routes to the same place wins: the smaller."),
        new("table", new Count(1, uint.MaxValue), "Routing table; 254 is main."),
        new("scope", Scopes, "How far the destination is."),
        new("src", Address, "Preferred source address."),
        new("onlink", Flag, "The next hop is on the link even where no address says so."),
        new("mtu", Mtu, "Path MTU of this route, in bytes."),
    ]);

    public static readonly RecordOf File = new("a host file",
    [
        new("version", new Count(1, 1) { RangeWhy = "this Weft reads version 1 of the format" }, "The version of this format."),
        new("host", Name, "The host's name."),
        new("backend", new OneOf("linux-bridge", "openvswitch"), "What makes the bridges."),
        new("profile", new OneOf("xenserver"), "A set of further rules."),
        new("tuning", new OneOf([.. Profiles.All.Select(profile => profile.Name)]), "A profile of `sysctls`: " + string.Join("; ", Profiles.All.Select(profile => $"{profile.Name} {profile.Doc}")) + "."),
        new("sysctls", new RecordOf("sysctls", [.. HostLines.All.Select(KeyOf)]), "Settings of the whole host under /proc/sys/net."),
        .. LinkKind.Declared.Select(kind => new Key(kind.Section!, new MapOf(Link, LinkOf(kind)), $"The host's {kind.Section}.")),
        new("routes", new ListOf(Route), "Routes beyond the gateways."),
        new("rules", new ListOf(new RecordOf("a rule",
        [
            new("from", new PrefixShape(Destination: true), "Source network."),
            new("to", new PrefixShape(Destination: true), "Destination network."),
            new("iif", Link, "Incoming link."),
            new("oif", Link, "Outgoing link."),
            new("fwmark", Number, "Firewall mark."),
            new("table", new Count(1, uint.MaxValue), "Table to look up.") { Required = true },
            new("priority", Number, "Order; the smaller first."),
        ])), "Policy routing rules."),
        new("networks", new MapOf(Name, new RecordOf("a network",
        [
            new("link", Link, "The link that carries it.") { Required = true },
            new("vlan", new VlanRange(), "Its VLAN, or a range: each a network without addresses of the host."),
            new("bridge", Link, "Name of its bridge, where br<id> is not wanted."),
            new("mtu", Mtu, "Its MTU in bytes."),
            new("addresses", new ListOf(OwnAddress), "The host's own addresses in it, in the order in which the kernel is to prefer them."),
            new("gateway", new ListOf(Address, OrOne: true), "Its gateway."),
            .. Network.OfEnd.Select(KeyOf),
            new("role", Role, "What it is for."),
        ])), "Shorthand: a VLAN of a link and the bridge that its guests plug into."),
        new("guests", new MapOf(Name, new RecordOf("a guest",
        [
            new("nics", new ListOf(new RecordOf("a guest's NIC",
            [
                new("network", Name, "The network it plugs into."),
                new("bridge", Link, "The bridge it plugs into."),
                new("vlan", VlanId, "Its VLAN, on a VLAN-aware bridge; or the one of its network's range."),
                new("mac", Mac, "Its MAC."),
                new("model", new TextShape("a NIC model such as virtio"), "The model that the guest sees."),
                new("addresses", new ListOf(Prefix), "The guest's addresses on it."),
            ])), "Its NICs, in order."),
        ])), "What plugs in."),
        new("cabling", new MapOf(Link, new RecordOf("a cable",
        [
            new("switch", Name, "The switch at the other end.") { Required = true },
            new("port", new TextShape("a switch port"), "The switch's port."),
            new("vlans", new ListOf(new VlanRange(), OrOne: true), "VLANs that the switch port carries tagged."),
            new("native", VlanId, "The VLAN that it carries untagged."),
            new("group", new TextShape("a group's name"), "The link aggregation group that the port is in."),
            new("lacp", new OneOf("active", "passive", "static"), "How that group is agreed on; static is without LACP."),
            new("edge", Flag, "The switch port does not wait for the spanning tree."),
            new("speed", new SpeedShape(), "The port's speed."),
        ])), "What the other end of each NIC's cable is."),
        new("switches", new MapOf(Name, new RecordOf("a switch",
        [
            new("mlag", Name, "The pair that it is half of."),
            new("mtu", Mtu, "The largest frame payload that it passes, in bytes."),
            new("addresses", new MapOf(VlanId, new ListOf(Prefix, OrOne: true)), "Its own addresses, by VLAN."),
        ])), "The switches that cables lead to."),
        new("links", new ListOf(new ListOf(Name)), "Pairs of switches that are joined."),
        new("probes", new ListOf(new RecordOf("a probe",
        [
            new("ping", Address, "An address that must answer ICMP echo."),
            new("tcp", Address, "An address that must accept a connection."),
            new("port", new Count(1, 65535), "The port for tcp."),
        ])), "What must still answer after a change."),
        new("expect", new ListOf(new RecordOf("an expectation",
        [
            new("from", new TextShape("a guest, host or address"), "Where from."),
            new("to", new TextShape("a guest, host or address"), "Where to."),
            new("network", Name, "The network that must hold."),
            new("survives", Survives, "How many failures at once it must survive."),
            new("within", new Count(0, int.MaxValue, Unit.Milliseconds), "The longest outage."),
        ])), "What must be provable."),
        new("absent", new ListOf(Link), "Links that must not be there, whoever made them."),
    ]);

    /// <summary>The keys of a link's entry: the table's attributes of its kind, and what is no attribute.</summary>
    private static RecordOf LinkOf(LinkKind kind) => new($"a {kind} entry",
    [
        .. kind == LinkKind.Nic
            ? new Key[]
            {
                new("match", Match, "What the NIC is known by; its kernel name where left out."),
                new("on_missing", new OneOf("error", "skip"), "What to do where no such NIC is there."),
                new("rename", Flag, "Give the NIC its label as kernel name.") { Acted = false },
                new("pcie", new RecordOf("pcie",
                [
                    new("gen", new Count(1, 7), "PCIe generation."),
                    new("lanes", new Count(1, 32), "Lanes."),
                    new("slot", new TextShape("a slot's name"), "Ports in one slot share its lanes."),
                ]), "The slot's capacity."),
            }
            : [],
        .. kind == LinkKind.Bridge ? [new Key("vlans", new ListOf(new VlanRange(), OrOne: true), "VLANs that the bridge itself takes part in, tagged; for VLAN links on it.")] : Array.Empty<Key>(),
        .. kind == LinkKind.Bridge ? SwitchKeys.OfBridge : [],
        .. kind.HasPorts ? [new Key("ports", new ListOrMapOf(Link, PortOf(kind)), "Its ports; a map where they have options.")] : Array.Empty<Key>(),
        .. Table.OfLink(kind).Select(KeyOf),
        new("addresses", new ListOf(OwnAddress), "Its addresses, in the order in which the kernel is to prefer them."),
        new("gateway", new ListOf(Address, OrOne: true), "Next hop of the default route; one a family."),
    ]);

    private static RecordOf PortOf(LinkKind master) => new($"a port of a {master}",
    [
        .. Table.OfPort(master).Select(KeyOf),
        .. master == LinkKind.Bridge
            ? new Key[]
            {
                new("vlans", new ListOf(new VlanRange(), OrOne: true), "VLANs that the port carries tagged."),
                new("pvid", VlanId, "The VLAN of untagged frames."),
            }
            : [],
    ]);

    private static Key KeyOf(Attributes.Attribute line) => new(line.Name, line.Shape, line.Doc)
    {
        Required = line.Required,
        Acted = line.Acted,
        IsAttribute = true,
        Default = line.Default(Settings.Empty),
        Note = string.Join(' ', new[] { InModes(line), Defaults(line) }.Where(text => text.Length > 0)),
    };

    private static string InModes(Attributes.Attribute line) =>
        line.Modes.IsEmpty ? "" : $"{(line.RefusedElsewhere ? "Only" : "Of use only")} in {string.Join(", ", line.Modes)}.";

    /// <summary>The defaults that follow a bond's mode.</summary>
    private static string Defaults(Attributes.Attribute line) =>
        string.Join(' ', Attributes.Defaults.ByMode(line).Select(other => $"Default {other.Value} in {string.Join(", ", other.Modes)}."));
}
