// IFLA_LINKINFO (linux/if_link.h, IFLA_INFO_*): the kind of a link and that kind's data, and, below a master, the
// master's kind and the data it keeps for this port.
// Invariant: at most one of the data fields is set, the one its kind says; data of kinds without a set of their own are
// kept as bytes, and any may be sent as the bytes that it was.
// Surprise: a port's data can be sent only together with slave_kind, and the kernel then checks it against the master.
namespace Weft.Netlink;

/// <summary>Kind and data of a link.</summary>
public sealed class LinkInfo : IAttributes
{
    /// <summary>"bond", "vlan", "bridge", "veth", "dummy", ...; absent for a physical NIC.</summary>
    public string? Kind;

    /// <summary>Data of kind "bond".</summary>
    public BondData? Bond;

    /// <summary>Data of kind "vlan".</summary>
    public VlanData? Vlan;

    /// <summary>Data of kind "bridge".</summary>
    public BridgeData? Bridge;

    /// <summary>Data of kind "veth".</summary>
    public VethData? Veth;

    /// <summary>Data of kind "macvlan".</summary>
    public MacvlanData? Macvlan;

    /// <summary>Data of kind "vxlan".</summary>
    public VxlanData? Vxlan;

    /// <summary>Data of kind "vrf".</summary>
    public VrfData? Vrf;

    /// <summary>Data of any other kind, as attributes in bytes.</summary>
    public byte[]? Other;

    /// <summary>The kind of the master, when there is one.</summary>
    public string? PortKind;

    /// <summary>Port data below a bond.</summary>
    public BondPortData? BondPort;

    /// <summary>Port data below a bridge.</summary>
    public BridgePortData? BridgePort;

    /// <summary>Port data below any other master, as attributes in bytes.</summary>
    public byte[]? OtherPort;

    /// <summary>To be sent in place of the data of its kind: what came as bytes goes back as bytes. Never read.</summary>
    public byte[]? AsCame { get; set; }

    /// <summary>The set of its kind; null where there is none, or nothing was said.</summary>
    public IAttributes? Data => Kind switch { "bond" => Bond, "vlan" => Vlan, "bridge" => Bridge, "veth" => Veth, "macvlan" => Macvlan, "vxlan" => Vxlan, "vrf" => Vrf, _ => null };

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Text(1, "kind", ref Kind);
        if (Kind != "bond") Bond = null;
        if (Kind != "vlan") Vlan = null;
        if (Kind != "bridge") Bridge = null;
        if (Kind != "veth") Veth = null;
        if (Kind != "macvlan") Macvlan = null;
        if (Kind != "vxlan") Vxlan = null;
        if (Kind != "vrf") Vrf = null;
        if (Kind is "bond" or "vlan" or "bridge" or "veth" or "macvlan" or "vxlan" or "vrf") Other = null;
        var came = AsCame;
        switch (Kind)
        {
            case not null when came is not null: pass.Bytes(2, "data", ref came); break;
            case "bond": pass.Nest(2, "data", ref Bond); break;
            case "vlan": pass.Nest(2, "data", ref Vlan); break;
            case "bridge": pass.Nest(2, "data", ref Bridge); break;
            case "veth": pass.Nest(2, "data", ref Veth); break;
            case "macvlan": pass.Nest(2, "data", ref Macvlan); break;
            case "vxlan": pass.Nest(2, "data", ref Vxlan); break;
            case "vrf": pass.Nest(2, "data", ref Vrf); break;
            default: pass.Bytes(2, "data", ref Other); break;
        }

        pass.Text(4, "slave_kind", ref PortKind);
        if (PortKind != "bond") BondPort = null;
        if (PortKind != "bridge") BridgePort = null;
        if (PortKind is "bond" or "bridge") OtherPort = null;
        switch (PortKind)
        {
            case "bond": pass.Nest(5, "slave_data", ref BondPort); break;
            case "bridge": pass.Nest(5, "slave_data", ref BridgePort); break;
            default: pass.Bytes(5, "slave_data", ref OtherPort); break;
        }
    }
}
