// Who uses a way out, as far as hashing cares: how many MACs and addresses there are on either side. A policy that looks at MACs alone
// sends everything that one host says to one gateway over one port; one that looks at ports spreads even that.

namespace Weft.Capacity;

/// <summary>Who sends.</summary>
internal enum Crowd
{
    /// <summary>The host alone, through a gateway: one MAC on either side.</summary>
    HostByGateway,

    /// <summary>The host alone, to neighbours in its network.</summary>
    Host,

    /// <summary>One guest alone.</summary>
    Guest,

    /// <summary>Several guests, or guests and the host.</summary>
    Guests,

    /// <summary>A tunnel: one MAC and one address of the host, whoever is inside it.</summary>
    Tunnel,
}

/// <summary>How a policy spreads many flows.</summary>
internal enum Spread
{
    /// <summary>Over all ports.</summary>
    Wide,

    /// <summary>Over some, by MACs or addresses that nobody here knows.</summary>
    Unsure,

    /// <summary>All of them take one port.</summary>
    Narrow,
}

internal static class Policies
{
    /// <summary>How the flows of the crowd, or those of one of them, are spread (bond_xmit_hash in drivers/net/bonding/bond_main.c).</summary>
    public static Spread Of(string policy, Crowd crowd, bool one) => policy switch
    {
        "layer2" or "default" => crowd == Crowd.HostByGateway ? Spread.Narrow : Spread.Unsure,
        // A MAC and a VLAN: whoever has one of each takes one port.
        "vlan+srcmac" => crowd == Crowd.Guests && !one ? Spread.Unsure : Spread.Narrow,
        // No policy looks into a VXLAN; its UDP source port alone tells flows apart.
        "layer2+3" or "encap2+3" when crowd == Crowd.Tunnel => Spread.Unsure,
        _ => Spread.Wide,
    };

    /// <summary>Why they are not spread over all; null where they are.</summary>
    public static string? Why(string policy, Crowd crowd, bool one) => (Of(policy, crowd, one), policy) switch
    {
        (Spread.Wide, _) => null,
        (Spread.Narrow, "vlan+srcmac") => "vlan+srcmac looks at the VLAN and the sender's MAC: who has one of each takes one port",
        (_, "vlan+srcmac") => "vlan+srcmac gives each guest one port, and how many ports all take lies in their MACs",
        (Spread.Narrow, _) => "layer2 looks at MACs alone: all that goes through one gateway has the same two, and takes one port",
        (_, "layer2" or "default") => "layer2 looks at MACs alone: what goes to one neighbour or gateway takes one port, and how many ports all take lies in the last bytes of their MACs",
        _ => $"{policy} does not look into a tunnel: what goes to one end of it takes one port",
    };
}
