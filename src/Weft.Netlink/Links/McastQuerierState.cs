// IFLA_BR_MCAST_QUERIER_STATE (linux/if_bridge.h, BRIDGE_QUERIER_*): the querier that was heard.
namespace Weft.Netlink;

/// <summary>Who sends multicast queries on a bridge.</summary>
public sealed class McastQuerierState : IAttributes
{
    /// <summary>The IPv4 querier.</summary>
    public InetAddress? IpAddress;

    /// <summary>The port it was heard on.</summary>
    public int? IpPort;

    /// <summary>1/100 s until it counts as gone.</summary>
    public ulong? IpOtherTimer;

    /// <summary>The IPv6 querier.</summary>
    public InetAddress? Ipv6Address;

    /// <summary>The port it was heard on.</summary>
    public int? Ipv6Port;

    /// <summary>1/100 s until it counts as gone.</summary>
    public ulong? Ipv6OtherTimer;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "ip_address", ref IpAddress);
        pass.I32(2, "ip_port", ref IpPort);
        pass.U64(3, "ip_other_timer", ref IpOtherTimer);
        pass.Ip(5, "ipv6_address", ref Ipv6Address);
        pass.I32(6, "ipv6_port", ref Ipv6Port);
        pass.U64(7, "ipv6_other_timer", ref Ipv6OtherTimer);
    }
}
