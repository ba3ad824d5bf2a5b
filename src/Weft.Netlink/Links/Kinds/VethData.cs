// IFLA_INFO_DATA of kind "veth" (linux/veth.h, VETH_INFO_*): at creation, the other end as a whole link message.
// Surprise: the kernel never sends it back; a veth's peer is read from link and link_netnsid.
namespace Weft.Netlink;

/// <summary>The other end of a new veth pair.</summary>
public sealed class VethData : IAttributes
{
    /// <summary>The link to be made at the other end.</summary>
    public LinkMessage? Peer;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Framed(1, "peer", ref Peer);
    }
}
