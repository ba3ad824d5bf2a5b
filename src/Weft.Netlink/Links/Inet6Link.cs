// AF_INET6 inside IFLA_AF_SPEC (linux/if_link.h, IFLA_INET6_*). Only token and addr_gen_mode may be set.
// Surprise: addr_gen_mode inside a message that creates the link is refused with EAFNOSUPPORT (6.1 and 6.18): it needs a
// message of its own, and on a link that is up it does nothing until the link comes up again.
namespace Weft.Netlink;

/// <summary>A link's IPv6 settings.</summary>
public sealed class Inet6Link : IAttributes
{
    /// <summary>IF_READY and such. Read only.</summary>
    public uint? Flags;

    /// <summary>The sysctls of net.ipv6.conf, in the kernel's order. Read only.</summary>
    public byte[]? Conf;

    /// <summary>Reassembly and neighbour times. Read only.</summary>
    public Inet6CacheInfo? Cacheinfo;

    /// <summary>Interface identifier for autoconfigured addresses.</summary>
    public InetAddress? Token;

    /// <summary>0 eui64, 1 none, 2 stable_secret, 3 random.</summary>
    public byte? AddrGenMode;

    /// <summary>MTU that a router announced. Read only.</summary>
    public uint? RaMtu;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "flags", ref Flags);
        pass.Bytes(2, "conf", ref Conf);
        pass.Struct(5, "cacheinfo", ref Cacheinfo);
        pass.Ip(7, "token", ref Token);
        pass.U8(8, "addr_gen_mode", ref AddrGenMode);
        pass.U32(9, "ra_mtu", ref RaMtu);
    }
}
