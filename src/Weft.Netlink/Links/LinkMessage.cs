// RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK, RTM_SETLINK (linux/if_link.h, IFLA_*): a link, or with family AF_BRIDGE one port's
// place in its bridge and its VLAN table.
// Surprises: protinfo and af_spec mean different things by family; counters (stats, stats64) are left to those who ask
// for them and show up as unknown; link is the lower device, and equals the own index when there is none.
namespace Weft.Netlink;

/// <summary>A link as rtnetlink says it.</summary>
public sealed class LinkMessage : IMessage
{
    /// <summary>Family, type, index and flags.</summary>
    public LinkHeader Header;


    /// <summary>The name, up to 15 bytes.</summary>
    public string? Name;

    /// <summary>Link-layer address.</summary>
    public HardwareAddress? Address;

    /// <summary>Link-layer broadcast address.</summary>
    public HardwareAddress? Broadcast;

    /// <summary>Bytes.</summary>
    public uint? Mtu;

    /// <summary>Index of the lower link.</summary>
    public int? Link;

    /// <summary>The root queueing discipline. Read only.</summary>
    public string? Qdisc;

    /// <summary>Index of the bridge, bond or VRF above; 0 leaves it.</summary>
    public int? Master;

    /// <summary>The bridge port, in AF_BRIDGE messages.</summary>
    public BridgePortData? BridgePort;

    /// <summary>Packets.</summary>
    public uint? Txqlen;

    /// <summary>RFC 2863: 0 unknown, 1 not present, 2 down, 3 lower layer down, 4 testing, 5 dormant, 6 up.</summary>
    public byte? Operstate;

    /// <summary>0 default, 1 dormant.</summary>
    public byte? Linkmode;

    /// <summary>Kind and its data.</summary>
    public LinkInfo? Info;

    /// <summary>Move to the network namespace of this process. Write only.</summary>
    public uint? NetNsPid;

    /// <summary>A note of up to 255 bytes.</summary>
    public string? Alias;

    /// <summary>The note as bytes, in its place: without the zero behind it, which would count among the 255, and of no length to take it away. Write only.</summary>
    public byte[]? AliasBytes { get; init; }

    /// <summary>Virtual functions of an SR-IOV device.</summary>
    public uint? NumVf;

    /// <summary>Settings per address family.</summary>
    public AddressFamilies? Families;

    /// <summary>The VLAN table.</summary>
    public BridgeFamily? Bridge;

    /// <summary>The group, 0 is default; a delete may name a whole group.</summary>
    public uint? Group;

    /// <summary>Move to the network namespace behind this descriptor. Write only.</summary>
    public int? NetNsFd;

    /// <summary>RTEXT_FILTER_*: what a dump is to hold. Write only.</summary>
    public uint? ExtMask;

    /// <summary>Users that want all frames.</summary>
    public uint? Promiscuity;

    /// <summary>Transmit queues.</summary>
    public uint? NumTxQueues;

    /// <summary>Receive queues.</summary>
    public uint? NumRxQueues;

    /// <summary>1: there is a signal.</summary>
    public byte? Carrier;

    /// <summary>The NIC's own port identity.</summary>
    public byte[]? PhysPortId;

    /// <summary>Times the carrier came or went.</summary>
    public uint? CarrierChanges;

    /// <summary>The switch the port belongs to.</summary>
    public byte[]? PhysSwitchId;

    /// <summary>Namespace of the lower link or peer, when it is another.</summary>
    public int? LinkNetnsid;

    /// <summary>The NIC's name for the port.</summary>
    public string? PhysPortName;

    /// <summary>1: kept down by a protocol.</summary>
    public byte? ProtoDown;

    /// <summary>Segments.</summary>
    public uint? GsoMaxSegs;

    /// <summary>Bytes.</summary>
    public uint? GsoMaxSize;

    /// <summary>Programs on the link.</summary>
    public XdpState? Xdp;

    /// <summary>IFLA_EVENT_*: why a notification was sent, beyond what it shows. Read only.</summary>
    public uint? Event;

    /// <summary>Where it moved, in a notification.</summary>
    public int? NewNetnsid;

    /// <summary>Act in this namespace.</summary>
    public int? TargetNetnsid;

    /// <summary>Times the carrier came.</summary>
    public uint? CarrierUpCount;

    /// <summary>Times the carrier went.</summary>
    public uint? CarrierDownCount;

    /// <summary>Its index where it moved; also asked for when moving.</summary>
    public int? NewIfindex;

    /// <summary>Bytes; read only.</summary>
    public uint? MinMtu;

    /// <summary>Bytes; 0 is no limit. Read only.</summary>
    public uint? MaxMtu;

    /// <summary>Alternative names.</summary>
    public PropertyList? Properties;

    /// <summary>Find the link by an alternative name. Write only.</summary>
    public string? AltName;

    /// <summary>The address the hardware came with.</summary>
    public HardwareAddress? PermAddress;

    /// <summary>The device behind, such as a PCI address.</summary>
    public string? ParentDevName;

    /// <summary>Its bus.</summary>
    public string? ParentDevBusName;

    /// <summary>Bytes.</summary>
    public uint? GroMaxSize;

    /// <summary>Bytes; read only.</summary>
    public uint? TsoMaxSize;

    /// <summary>Segments; read only.</summary>
    public uint? TsoMaxSegs;

    /// <summary>Users that want all multicast.</summary>
    public uint? Allmulti;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => LinkHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = LinkHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Text(3, "name", ref Name);
        pass.Mac(1, "address", ref Address);
        pass.Mac(2, "broadcast", ref Broadcast);
        pass.U32(4, "mtu", ref Mtu);
        pass.I32(5, "link", ref Link);
        pass.Text(6, "qdisc", ref Qdisc);
        pass.I32(10, "master", ref Master);
        // AF_INET6 messages carry a protinfo of their own, which af_spec repeats; it stays unknown here.
        if (Header.Family == Netlink.Families.Bridge) pass.Nest(12, "protinfo", ref BridgePort);
        else BridgePort = null;
        pass.U32(13, "txqlen", ref Txqlen);
        pass.U8(16, "operstate", ref Operstate);
        pass.U8(17, "linkmode", ref Linkmode);
        pass.Nest(18, "linkinfo", ref Info);
        pass.U32(19, "net_ns_pid", ref NetNsPid);
        var note = AliasBytes;
        if (note is null) pass.Text(20, "ifalias", ref Alias);
        else pass.Bytes(20, "ifalias", ref note);
        pass.U32(21, "num_vf", ref NumVf);
        if (Header.Family == Netlink.Families.Bridge)
        {
            Families = null;
            pass.Nest(26, "af_spec", ref Bridge);
        }
        else
        {
            Bridge = null;
            pass.Nest(26, "af_spec", ref Families);
        }

        pass.U32(27, "group", ref Group);
        pass.I32(28, "net_ns_fd", ref NetNsFd);
        pass.U32(29, "ext_mask", ref ExtMask);
        pass.U32(30, "promiscuity", ref Promiscuity);
        pass.U32(31, "num_tx_queues", ref NumTxQueues);
        pass.U32(32, "num_rx_queues", ref NumRxQueues);
        pass.U8(33, "carrier", ref Carrier);
        pass.Bytes(34, "phys_port_id", ref PhysPortId);
        pass.U32(35, "carrier_changes", ref CarrierChanges);
        pass.Bytes(36, "phys_switch_id", ref PhysSwitchId);
        pass.I32(37, "link_netnsid", ref LinkNetnsid);
        pass.Text(38, "phys_port_name", ref PhysPortName);
        pass.U8(39, "proto_down", ref ProtoDown);
        pass.U32(40, "gso_max_segs", ref GsoMaxSegs);
        pass.U32(41, "gso_max_size", ref GsoMaxSize);
        pass.Nest(43, "xdp", ref Xdp);
        pass.U32(44, "event", ref Event);
        pass.I32(45, "new_netnsid", ref NewNetnsid);
        pass.I32(46, "target_netnsid", ref TargetNetnsid);
        pass.U32(47, "carrier_up_count", ref CarrierUpCount);
        pass.U32(48, "carrier_down_count", ref CarrierDownCount);
        pass.I32(49, "new_ifindex", ref NewIfindex);
        pass.U32(50, "min_mtu", ref MinMtu);
        pass.U32(51, "max_mtu", ref MaxMtu);
        pass.Nest(52, "prop_list", ref Properties);
        pass.Text(53, "alt_ifname", ref AltName);
        pass.Mac(54, "perm_address", ref PermAddress);
        pass.Text(56, "parent_dev_name", ref ParentDevName);
        pass.Text(57, "parent_dev_bus_name", ref ParentDevBusName);
        pass.U32(58, "gro_max_size", ref GroMaxSize);
        pass.U32(59, "tso_max_size", ref TsoMaxSize);
        pass.U32(60, "tso_max_segs", ref TsoMaxSegs);
        pass.U32(61, "allmulti", ref Allmulti);
    }
}
