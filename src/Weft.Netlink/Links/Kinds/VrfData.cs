// IFLA_INFO_DATA of kind "vrf" (linux/if_link.h, IFLA_VRF_TABLE).
namespace Weft.Netlink;

/// <summary>The option of a VRF.</summary>
public sealed class VrfData : IAttributes
{
    /// <summary>The routing table of its ports.</summary>
    public uint? Table;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.U32(1, "table", ref Table);
}
