// A link as the kernel holds it (struct net_device and what hangs on it), hidden memory included: who set the MAC, what a
// port's MTU was before it joined, whether somebody set a bridge's MTU. The rooms below change it; nothing here acts.

using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin;

/// <summary>Where a MAC came from (NET_ADDR_* in linux/netdevice.h).</summary>
internal enum MacOrigin
{
    Permanent,
    Random,

    /// <summary>Taken from another link: a bond's from its first port, a VLAN's from its lower link.</summary>
    Stolen,

    /// <summary>Set with dev_set_mac_address, by a person or by a bond.</summary>
    Set,
}

internal sealed class Device(string name, LinkKind kind, int index)
{
    public string Name { get; } = name;
    public LinkKind Kind { get; } = kind;
    public int Index { get; set; } = index;

    /// <summary>IFF_UP.</summary>
    public bool Up { get; set; }

    public long Mtu { get; set; } = 1500;
    public string Mac { get; set; } = "";
    public MacOrigin MacOrigin { get; set; } = MacOrigin.Random;

    /// <summary>IFLA_PERM_ADDRESS; a veth has none.</summary>
    public string? BurntMac { get; init; }

    /// <summary>Whether it speaks IPv6; null where the kernel keeps no IPv6 state for it (MTU below 1280).</summary>
    public bool? Ipv6 { get; set; }

    /// <summary>What it is a tag of, or stands on.</summary>
    public Device? Lower { get; init; }

    /// <summary>A veth's other end.</summary>
    public Device? Peer { get; set; }

    /// <summary>The table of its connected routes (l3mdev_fib_table): its VRF's, its own if it is one, else main.</summary>
    public long RoutingTable => Kind == LinkKind.Vrf ? Number(VrfLines.RoutingTable) : Master is { } master && master.Is(LinkKind.Vrf) ? master.RoutingTable : Route.MainTable;

    /// <summary>A MACVLAN that has its link alone.</summary>
    public bool IsPassthru => MacvlanLines.IsPassthru(Data.GetValueOrDefault(MacvlanLines.Mode));

    /// <summary>A VLAN's memory of its lower link's MAC (vlan->real_dev_addr); of a MACVLAN in mode passthru, the one that its link had by itself (macvlan_port->perm_addr).</summary>
    public string LowerMac { get; set; } = "";

    public Device? Master { get; set; }

    /// <summary>In the order in which they joined.</summary>
    public List<Device> Ports { get; } = [];

    /// <summary>What stands on it by <see cref="Lower"/>.</summary>
    public List<Device> Tags { get; } = [];

    /// <summary>The values of its kind's attributes that need no memory beyond themselves.</summary>
    public Dictionary<Attribute, Value> Data { get; } = [];

    /// <summary>Its settings under /proc/sys/net.</summary>
    public Dictionary<Attribute, Value> Conf { get; } = [];

    /// <summary>What links of every kind carry beside their work.</summary>
    public Dictionary<Attribute, Value> Marks { get; } = MarkLines.All.ToDictionary(line => line, line => line.Default(Settings.Empty)!);

    /// <summary>What its driver keeps, told only to who asks.</summary>
    public Settings Driven { get; set; } = Settings.Empty;

    /// <summary>What its driver could do; null where it has no driver that is asked.</summary>
    public Hardware? Hardware { get; set; }

    /// <summary>Its options as a port.</summary>
    public Dictionary<Attribute, Value> AsPort { get; } = [];

    /// <summary>What a bond remembers of this port; null where it is none of a bond.</summary>
    public BondPort? InBond { get; set; }

    public BondMemory? Bond { get; init; }

    /// <summary>BROPT_MTU_SET_BY_USER: a bridge whose MTU was set no longer follows its ports.</summary>
    public bool MtuIsPinned { get; set; }

    /// <summary>Its VLANs as a bridge port; null where it is none.</summary>
    public VlanTable? Vlans { get; set; }

    /// <summary>The VLANs that a bridge itself takes part in.</summary>
    public VlanTable? OwnVlans { get; set; }

    /// <summary>As the kernel lists them (in_device.ifa_list, inet6_dev.addr_list).</summary>
    public List<Address4> Addresses4 { get; } = [];
    public List<IpPrefix> Addresses6 { get; } = [];

    /// <summary>Whether somebody gave the bridge a group address, which then follows its tags no more (BROPT_GROUP_ADDR_SET).</summary>
    public bool GroupAddressIsSet { get; set; }

    /// <summary>Those that do not last forever. There is no clock: they stay what they are.</summary>
    public Dictionary<IpPrefix, Lifetime> Lifetimes { get; } = [];

    /// <summary>What was observed and this twin does not change: driver, PCI slot, facts.</summary>
    public LinkState? Observed { get; init; }

    public bool Is(LinkKind kind) => Kind == kind;

    /// <summary>Whether the bond's MAC or its ports' go with the active port, and nobody sets it.</summary>
    public bool MovesMac => Mode == BondLines.ActiveBackup && Data[BondLines.FailOverMac] != Value.Of("none");

    public string Mode => ((Value.Word)Data[BondLines.Mode]).Text;
    public long Number(Attribute attribute) => ((Value.Number)Data[attribute]).Count;
    public override string ToString() => Name;
}

/// <summary>An IPv4 address; a secondary goes when its primary goes (IFA_F_SECONDARY).</summary>
internal sealed record Address4(IpPrefix Prefix)
{
    public bool Secondary { get; init; }
}

/// <summary>What a bond keeps of a port to give it back when it leaves (struct slave).</summary>
internal sealed record BondPort(string Mac, long Mtu);

/// <summary>What a bond remembers and shows only in part (struct bond_params).</summary>
internal sealed class BondMemory
{
    /// <summary>Each delay as a multiple of miimon: it shrinks and grows with it, and survives a miimon of 0.</summary>
    public Dictionary<Attribute, long> Times { get; } = BondLines.Delays.ToDictionary(delay => delay, _ => 0L);

    /// <summary>The primary port's name; shown only while that link is a port.</summary>
    public string Primary { get; set; } = "";
}
