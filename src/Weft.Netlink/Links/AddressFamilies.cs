// IFLA_AF_SPEC of a link message whose family is AF_UNSPEC: a nest for each address family, the family as its type.
// Surprise: the same attribute of an AF_BRIDGE message is something else, see BridgeFamily.
namespace Weft.Netlink;

/// <summary>A link's settings per address family.</summary>
public sealed class AddressFamilies : IAttributes
{
    /// <summary>IPv4.</summary>
    public InetLink? Inet;

    /// <summary>IPv6.</summary>
    public Inet6Link? Inet6;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Nest(2, "inet", ref Inet);
        pass.Nest(10, "inet6", ref Inet6);
    }
}
