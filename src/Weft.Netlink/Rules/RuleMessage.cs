// RTM_NEWRULE, RTM_DELRULE, RTM_GETRULE (linux/fib_rules.h, FRA_*): one policy rule.
// Surprises: a priority of 0 is left out of what the kernel tells; suppress_prefixlength is always told, all ones where
// there is none; links are named and not numbered, so that a rule outlives the link it speaks of.
namespace Weft.Netlink;

/// <summary>A policy rule.</summary>
public sealed class RuleMessage : IMessage
{
    /// <summary>Family, prefix lengths, action and flags.</summary>
    public RuleHeader Header;

    /// <summary>Destination prefix.</summary>
    public InetAddress? Dst;

    /// <summary>Source prefix.</summary>
    public InetAddress? Src;

    /// <summary>Name of the incoming link.</summary>
    public string? Iifname;

    /// <summary>The priority of the rule to go on with.</summary>
    public uint? Goto;

    /// <summary>Smaller is asked first.</summary>
    public uint? Priority;

    /// <summary>Mark of the packet.</summary>
    public uint? Fwmark;

    /// <summary>Realms; IPv4.</summary>
    public uint? Flow;

    /// <summary>Tunnel id.</summary>
    public NetworkOrder64? TunId;

    /// <summary>Results over links of this group are not taken; all ones is none.</summary>
    public uint? SuppressIfgroup;

    /// <summary>Results with prefixes up to this length are not taken; all ones is none.</summary>
    public uint? SuppressPrefixlength;

    /// <summary>The table.</summary>
    public uint? Table;

    /// <summary>Which bits of the mark count.</summary>
    public uint? Fwmask;

    /// <summary>Name of the outgoing link.</summary>
    public string? Oifname;

    /// <summary>1: the table is that of the packet's VRF.</summary>
    public byte? L3mdev;

    /// <summary>User ids.</summary>
    public RuleUidRange? UidRange;

    /// <summary>Who made it: 2 the kernel, 3 boot, 4 static. Since 4.17.</summary>
    public byte? Protocol;

    /// <summary>Transport protocol.</summary>
    public byte? IpProto;

    /// <summary>Source ports.</summary>
    public RulePortRange? SportRange;

    /// <summary>Destination ports.</summary>
    public RulePortRange? DportRange;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => RuleHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = RuleHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "dst", ref Dst);
        pass.Ip(2, "src", ref Src);
        pass.Text(3, "iifname", ref Iifname);
        pass.U32(4, "goto", ref Goto);
        pass.U32(6, "priority", ref Priority);
        pass.U32(10, "fwmark", ref Fwmark);
        pass.U32(11, "flow", ref Flow);
        pass.Struct(12, "tun_id", ref TunId);
        pass.U32(13, "suppress_ifgroup", ref SuppressIfgroup);
        pass.U32(14, "suppress_prefixlen", ref SuppressPrefixlength);
        pass.U32(15, "table", ref Table);
        pass.U32(16, "fwmask", ref Fwmask);
        pass.Text(17, "oifname", ref Oifname);
        pass.U8(19, "l3mdev", ref L3mdev);
        pass.Struct(20, "uid_range", ref UidRange);
        pass.U8(21, "protocol", ref Protocol);
        pass.U8(22, "ip_proto", ref IpProto);
        pass.Struct(23, "sport_range", ref SportRange);
        pass.Struct(24, "dport_range", ref DportRange);
    }
}
