// RTNLGRP_* of linux/rtnetlink.h, those whose messages have sets here, and a few that are passed on as bytes.
namespace Weft.Netlink;

/// <summary>A group of notifications.</summary>
public enum MulticastGroup
{
    /// <summary>No group.</summary>
    None = 0,

    /// <summary>Links; also a bridge's ports.</summary>
    Link = 1,

    /// <summary>Neighbours and forwarding entries.</summary>
    Neighbour = 3,

    /// <summary>IPv4 addresses.</summary>
    Ipv4Address = 5,

    /// <summary>IPv4 routes.</summary>
    Ipv4Route = 7,

    /// <summary>IPv4 rules.</summary>
    Ipv4Rule = 8,

    /// <summary>IPv6 addresses.</summary>
    Ipv6Address = 9,

    /// <summary>IPv6 routes.</summary>
    Ipv6Route = 11,

    /// <summary>IPv6 rules.</summary>
    Ipv6Rule = 19,

    /// <summary>Multicast forwarding entries.</summary>
    Mdb = 26,

    /// <summary>Next-hop objects.</summary>
    Nexthop = 32,

    /// <summary>VLAN tables.</summary>
    BridgeVlan = 33,
}
