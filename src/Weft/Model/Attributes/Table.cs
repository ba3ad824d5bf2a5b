// The attribute table. Parser, printer, planner, schema, documentation and the mapping to netlink all walk these lines;
// adding a line is adding the attribute. Sources: drivers/net/bonding/bond_options.c (what changes when),
// net/8021q/vlan_netlink.c, net/bridge/br_netlink.c; the "when" was measured on 6.1.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>Every attribute, by kind.</summary>
public static class Table
{
    public const string RoundRobin = "balance-rr", ActiveBackup = "active-backup", Xor = "balance-xor", Broadcast = "broadcast";
    public const string Lacp = "802.3ad", Tlb = "balance-tlb", Alb = "balance-alb";

    private static readonly FlagShape Flag = new();
    private static readonly LinkName Name = new();
    private static readonly Count Delay = new(0, int.MaxValue, Unit.Milliseconds);

    /// <summary>The modes that choose one active port.</summary>
    private static readonly ImmutableArray<string> ActivePortModes = [ActiveBackup, Tlb, Alb];

    public static readonly Attribute Up = new("up", Flag, Home.Link, Live, "Whether the link is administratively up.") { Default = _ => Value.Of(true) };

    public static readonly Attribute Mtu = new("mtu", new Count(68, 65535, Unit.Bytes) { RangeRule = "mtu-out-of-range" }, Home.Link, Live,
        "Largest payload of a frame in bytes; the Ethernet header and VLAN tags are not part of it.");

    public static readonly Attribute Mac = new("mac", new MacShape(), Home.Link, Live, "The link's Ethernet address, where the kernel's choice is not wanted.") { Wire = "address" };

    public static readonly Attribute Ipv6 = new("ipv6", Flag, Home.Sysctl, Live,
        "Whether the link speaks IPv6 itself. By default it does where it has addresses, and not where it only carries others' frames.");

    /// <summary>The port's master. Never written in a file: `ports` of the master says it.</summary>
    public static readonly Attribute Master = new("master", Name, Home.Link, Live, "The bond or bridge that the link is a port of.");

    public static readonly Attribute Mode = new("mode", new OneOf(RoundRobin, ActiveBackup, Xor, Broadcast, Lacp, Tlb, Alb), Home.Data, DownWithoutPorts,
        "How the bond spreads frames over its ports.") { Kinds = [LinkKind.Bond], Default = _ => Value.Of(RoundRobin) };

    public static readonly Attribute Miimon = new("miimon", Delay, Home.Data, Live, "How often the ports' carrier is polled; 0 is never.")
    {
        Kinds = [LinkKind.Bond],
        // bond_option_mode_set sets 100 when one of these modes is chosen and no interval was; the others start without monitoring.
        Default = settings => Value.Of(settings.Word(Mode) is Lacp or Tlb or Alb ? 100 : 0),
    };

    public static readonly Attribute Updelay = new("updelay", Delay, Home.Data, Live, "How long a port's carrier must last before the port is used; a multiple of miimon.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of(0) };

    public static readonly Attribute Downdelay = new("downdelay", Delay, Home.Data, Live, "How long a port without carrier is still used; a multiple of miimon.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of(0) };

    public static readonly Attribute ArpInterval = new("arp_interval", Delay, Home.Data, Live, "How often the ARP targets are asked; 0 is never.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of(0), Modes = [RoundRobin, ActiveBackup, Xor, Broadcast], RefusedElsewhere = true };

    public static readonly Attribute ArpIpTarget = new("arp_ip_target", new ListOf(new AddressShape(Family.Ip4), OrOne: true), Home.Data, Live, "Up to 16 addresses whose answers prove a port alive.")
        { Kinds = [LinkKind.Bond], Default = _ => new Value.List([]), Modes = [RoundRobin, ActiveBackup, Xor, Broadcast] };

    public static readonly Attribute Primary = new("primary", Name, Home.Data, Live, "The port that is preferred whenever it is up.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of(""), Modes = ActivePortModes, RefusedElsewhere = true };

    public static readonly Attribute LacpRate = new("lacp_rate", new OneOf("slow", "fast"), Home.Data, Down, "How often the partner is asked to send LACPDUs: every 30 s or every second.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of("slow"), Modes = [Lacp], RefusedElsewhere = true };

    public static readonly Attribute XmitHashPolicy = new("xmit_hash_policy",
        new OneOf("layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"), Home.Data, Live, "Which header fields choose a frame's port.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of("layer2"), Modes = [Xor, Lacp, Tlb, Alb] };

    public static readonly Attribute Lower = new("link", Name, Home.Data, Recreate, "The link that the VLAN is a tag of.") { Kinds = [LinkKind.Vlan], Required = true };

    public static readonly Attribute Id = new("id", new Count(0, 4094) { RangeRule = "vlan-id-out-of-range" }, Home.Data, Recreate, "The VLAN id; 0 is a priority tag.")
        { Kinds = [LinkKind.Vlan], Required = true };

    public static readonly Attribute Protocol = new("protocol", new OneOf([new Choice(0x8100, "802.1Q"), new(0x88A8, "802.1ad")]), Home.Data, Recreate, "The tag's EtherType: 802.1Q, or 802.1ad for QinQ.")
        { Kinds = [LinkKind.Vlan], Default = _ => Value.Of("802.1Q") };

    public static readonly Attribute Stp = new("stp", Flag, Home.Data, Live, "Whether the bridge takes part in the spanning tree.")
        { Kinds = [LinkKind.Bridge], Wire = "stp_state", Default = _ => Value.Of(false) };

    public static readonly Attribute VlanFiltering = new("vlan_filtering", Flag, Home.Data, Live, "Whether the bridge keeps VLANs apart by its ports' VLAN tables.")
        { Kinds = [LinkKind.Bridge], Default = _ => Value.Of(false) };

    public static readonly Attribute Prio = new("prio", new Count(int.MinValue, int.MaxValue), Home.Port, Live, "Which port is preferred among those that are up; the larger wins.")
        { Kinds = [LinkKind.Bond], Default = _ => Value.Of(0), Modes = ActivePortModes, RefusedElsewhere = true };

    public static readonly Attribute Learning = new("learning", Flag, Home.Port, Live, "Whether the bridge learns source addresses on this port.")
        { Kinds = [LinkKind.Bridge], Default = _ => Value.Of(true) };

    /// <summary>The table's lines in printing order.</summary>
    public static readonly ImmutableArray<Attribute> All = Numbered(
        Lower, Id, Protocol, Mode, Miimon, Updelay, Downdelay, ArpInterval, ArpIpTarget, Primary, LacpRate, XmitHashPolicy, Stp, VlanFiltering,
        Mtu, Mac, Up, Ipv6, Prio, Learning, Master);

    private static ImmutableArray<Attribute> Numbered(params ImmutableArray<Attribute> lines)
    {
        foreach (var (at, line) in lines.Index())
            line.Order = at;
        return lines;
    }

    /// <summary>The attributes that a link of this kind may be given in its section.</summary>
    public static ImmutableArray<Attribute> OfLink(LinkKind kind) => Lines(OfLinks, kind, static (line, kind) => line.Home != Home.Port && line != Master && line.Of(kind));

    /// <summary>The options that a port of such a master may be given.</summary>
    public static ImmutableArray<Attribute> OfPort(LinkKind master) => Lines(OfPorts, master, static (line, master) => line.Home == Home.Port && line.Of(master));

    // Asked for every link, so they are picked once for each kind that a file declares.
    private static readonly ImmutableArray<Attribute>[] OfLinks = new ImmutableArray<Attribute>[LinkKind.Declared.Count], OfPorts = new ImmutableArray<Attribute>[LinkKind.Declared.Count];

    private static ImmutableArray<Attribute> Lines(ImmutableArray<Attribute>[] picked, LinkKind kind, Func<Attribute, LinkKind, bool> of)
    {
        for (var i = 0; i < picked.Length; i++)
            if (ReferenceEquals(LinkKind.Declared[i], kind))
                return picked[i].IsDefault ? picked[i] = Pick() : picked[i];
        return Pick();

        ImmutableArray<Attribute> Pick() => [.. All.Where(line => of(line, kind))];
    }
}
