// IFLA_VLAN_EGRESS_QOS and IFLA_VLAN_INGRESS_QOS: pairs under one repeated type.
namespace Weft.Netlink;

/// <summary>A map between priorities.</summary>
public sealed class QosMap : IAttributes
{
    /// <summary>The pairs.</summary>
    public List<QosMapping>? Mappings;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Structs(1, "mapping", ref Mappings);
    }
}
