// A VLAN's attributes. Sources: net/8021q/vlan_netlink.c, vlan_dev.c; measured on 6.1: a changed id, protocol or lower link is
// taken without a word and nothing happens; flags and priority maps change at any time.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of kind vlan.</summary>
public static class VlanLines
{
    public static readonly Attribute Lower = new("link", Common.Name, Home.Data, Recreate, "The link that the VLAN is a tag of.") { Kinds = [LinkKind.Vlan], Required = true };

    public static readonly Attribute Id = new("id", new Count(0, 4094) { RangeRule = "vlan-id-out-of-range" }, Home.Data, Recreate, "The VLAN id; 0 is a priority tag.")
        { Kinds = [LinkKind.Vlan], Required = true };

    public static readonly Attribute Protocol = new("protocol", new OneOf([new Choice(0x8100, "802.1Q"), new(0x88A8, "802.1ad")]), Home.Data, Recreate, "The tag's EtherType: 802.1Q, or 802.1ad for QinQ.")
        { Kinds = [LinkKind.Vlan], Default = _ => Value.Of("802.1Q") };

    public static readonly Attribute ReorderHdr = Switch("reorder_hdr", true, "Whether frames look untagged to whoever captures them on the VLAN.");
    public static readonly Attribute Gvrp = Switch("gvrp", false, "Whether the VLAN is announced to the switch by GVRP.");
    public static readonly Attribute Mvrp = Switch("mvrp", false, "Whether the VLAN is announced to the switch by MVRP.");
    public static readonly Attribute LooseBinding = Switch("loose_binding", false, "Whether the VLAN stays up when its lower link goes down.");
    public static readonly Attribute BridgeBinding = Switch("bridge_binding", false, "On a bridge: whether the VLAN has carrier only while a port that is a member of it has.");

    public static readonly Attribute EgressQosMap = Map("egress_qos_map", "egress_qos", new(new Count(0, uint.MaxValue), new Count(1, 7)), "Which priority of a tag (PCP) a frame of which socket priority gets; 0 for those not named.");
    public static readonly Attribute IngressQosMap = Map("ingress_qos_map", "ingress_qos", new(new Count(0, 7), new Count(1, uint.MaxValue)), "Which socket priority a frame of which PCP gets; 0 for those not named.");

    /// <summary>The kernel overlays them: what is to go is said with 0.</summary>
    public static bool IsMap(Attribute line) => line.Home == Home.Data && line.Shape is MapOf;

    public static ImmutableArray<Attribute> All { get; } = [Lower, Id, Protocol, ReorderHdr, Gvrp, Mvrp, LooseBinding, BridgeBinding, EgressQosMap, IngressQosMap];

    private static Attribute Map(string name, string wire, MapOf shape, string doc) => new(name, shape, Home.Data, Live, doc) { Kinds = [LinkKind.Vlan], Wire = wire, Default = _ => new Value.Map(Fields.Empty) };

    private static Attribute Switch(string name, bool usual, string doc) => Common.Switch(name, LinkKind.Vlan, Home.Data, usual, doc);
}
