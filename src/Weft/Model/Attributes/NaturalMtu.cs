// The MTU that the kernel gives a link while nobody says one.

namespace Weft.Model.Attributes;

/// <summary>A link's MTU by nature.</summary>
public static class NaturalMtu
{
    public const long OfEthernet = 1500;

    /// <summary>By how much the MTU of a link that stands on another is below that one's.</summary>
    public static long RoomIn(LinkKind kind, Settings settings) => kind == LinkKind.Vxlan ? VxlanLines.Overhead(settings) : 0;

    /// <summary>What its lower link leaves it, the least of its ports', or what its kind has; null where the lower link's is not known.</summary>
    /// <param name="link">The link, with the ports that it is to have.</param>
    /// <param name="mtuOf">The MTU of another link; a port whose is not known counts as Ethernet's.</param>
    public static long? Of(Link link, Func<string, long?> mtuOf) =>
        link.Lower is { } lower ? mtuOf(lower) - RoomIn(link.Kind, link.Settings)
        : link.Kind == LinkKind.Vrf ? VrfLines.NaturalMtu
        : link.Kind == LinkKind.Bridge ? link.Ports.Select(port => mtuOf(port.Name.Value) ?? OfEthernet).DefaultIfEmpty(OfEthernet).Min()
        : OfEthernet;
}
