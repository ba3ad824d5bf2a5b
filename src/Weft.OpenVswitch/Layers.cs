// What each link of a declared host is under a switch. The kernel has a bridge a VLAN; a switch has one bridge an uplink, whose ports are in VLANs. So a bridge that the file puts on a VLAN of
// an uplink is no bridge here, but that VLAN of the uplink's bridge, and the uplink's bridge is the one that has it untagged, or one that nobody named.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.OpenVswitch;

/// <summary>Where the links of a host stand.</summary>
internal sealed class Layers
{
    private const int LongestName = 15;

    private readonly Host host;
    private readonly Dictionary<string, (Link Master, Port Port)> masters = new(StringComparer.Ordinal);
    private readonly HashSet<string> carriers = new(StringComparer.Ordinal);

    public Layers(Host host)
    {
        this.host = host;
        foreach (var master in host.Links.Where(link => link.Kind == LinkKind.Bond || link.Kind == LinkKind.Bridge))
            foreach (var port in master.Ports)
                masters.TryAdd(port.Name.Value, (master, port));
        foreach (var bridge in host.Of(LinkKind.Bridge))
            if (VlanOf(bridge) is { Lower: { } uplink })
                carriers.Add(uplink);
    }

    /// <summary>Whether the switch makes a bond, and not the kernel.</summary>
    public static bool IsSwitched(Link bond) => bond.Kind == LinkKind.Bond && bond.Settings.Word(SwitchLines.Backend) is not SwitchLines.LinuxBridge;

    /// <summary>The VLANs that a bridge is put on.</summary>
    public IEnumerable<Link> VlansOf(Link bridge) => bridge.Ports.Select(port => host.Find(port.Name.Value)).OfType<Link>().Where(link => link.Kind == LinkKind.Vlan);

    /// <summary>The VLAN that a bridge is of another's bridge; null where it is a bridge of its own.</summary>
    public Link? VlanOf(Link bridge) => bridge.Kind == LinkKind.Bridge ? VlansOf(bridge).FirstOrDefault() : null;

    /// <summary>The bridge or bond that a link is a port of.</summary>
    public (Link Master, Port Port)? MasterOf(string link) => masters.TryGetValue(link, out var master) ? master : null;

    /// <summary>The bridge of its own that a link is a port of; null where it is none's.</summary>
    public Link? BridgeOf(string link) => MasterOf(link) is { Master: { } bridge } && bridge.Kind == LinkKind.Bridge && VlanOf(bridge) is null ? bridge : null;

    /// <summary>Whether frames of a link go through the switch.</summary>
    public bool IsUnderSwitch(Link link) => link.Kind == LinkKind.Bridge || IsSwitched(link) || carriers.Contains(link.Name.Value) || BridgeOf(link.Name.Value) is not null;

    /// <summary>The uplinks that need a bridge which the file does not name.</summary>
    public IEnumerable<Link> Unnamed => host.Links.Where(link => link.Kind != LinkKind.Bridge && link.Kind != LinkKind.Vlan && MasterOf(link.Name.Value) is null && (IsSwitched(link) || carriers.Contains(link.Name.Value)));

    /// <summary>The bridge that carries what stands on a link.</summary>
    public string Carrier(Link uplink) => uplink.Kind == LinkKind.Bridge ? uplink.Name.Value : BridgeOf(uplink.Name.Value)?.Name.Value ?? NameOf(uplink);

    public static string NameOf(Link uplink) => $"br-{uplink.Name}";

    public static bool IsTooLong(string name) => System.Text.Encoding.UTF8.GetByteCount(name) > LongestName;

    /// <summary>The VLANs that a bridge with a filter gives a port about which the file says nothing.</summary>
    public static VlanTable Usual(Link bridge) => VlanTable.OfDefault((int)(bridge.Settings.Number(BridgeLines.VlanDefaultPvid) ?? 1));

    public static bool Filters(Link bridge) => bridge.Settings.Flag(BridgeLines.VlanFiltering) == true;

    /// <summary>The settings that the kernel keeps of a link, whoever made it.</summary>
    public static bool IsKernels(Attribute line) => line == Table.Up || line.Home is Home.Sysctl or Home.Client or Home.Names or Home.Hardware || line.Home == Home.Link && line != Table.Mac && line != Table.Mtu;
}
