// What a veth and a VRF say of themselves. Sources: drivers/net/veth.c, drivers/net/vrf.c; measured on 6.1: neither changes. The two
// ends of a veth are made by one message and go together.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of kind veth.</summary>
public static class VethLines
{
    public static readonly Attribute Peer = new("peer", Common.Name, Home.Data, Recreate, "Its other end, which names this one in turn.") { Kinds = [LinkKind.Veth], Required = true };

    public static ImmutableArray<Attribute> All { get; } = [Peer];
}

/// <summary>The lines of kind vrf.</summary>
public static class VrfLines
{
    /// <summary>The MTU that the kernel makes one with (IP6_MAX_MTU), which no file needs to say.</summary>
    public const long NaturalMtu = 65575;

    public static readonly Attribute RoutingTable = new("table", new Count(1, uint.MaxValue), Home.Data, Recreate, "The routing table that its ports' addresses and routes are in.") { Kinds = [LinkKind.Vrf], Required = true };

    public static ImmutableArray<Attribute> All { get; } = [RoutingTable];
}
