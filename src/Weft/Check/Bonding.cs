// A bond's options as they will take effect: what the file says, and the kernel's defaults where it says nothing or
// `default`. Null means that a finding has already refused the key, and then no rule judges by it.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Check;

internal static class Bonding
{
    public static string? Mode(Link bond) =>
        Stack.IsUnread(bond, BondLines.Mode) ? null : bond.Settings.Word(BondLines.Mode) is { } mode && mode != "default" ? mode : BondLines.RoundRobin;

    /// <summary>How often carrier is polled, in ms.</summary>
    public static long? Miimon(Link bond) => Number(bond, BondLines.Miimon);

    /// <summary>How often ARP targets are asked, in ms; 0 in a mode that has no ARP monitor.</summary>
    public static long? ArpInterval(Link bond) => Mode(bond) is { } mode && !BondLines.ArpInterval.Modes.Contains(mode) ? 0 : Number(bond, BondLines.ArpInterval);

    /// <summary>A number as it takes effect.</summary>
    public static long? Number(Link bond, Attribute attribute) =>
        Stack.IsUnread(bond, attribute) ? null
        : bond.Settings.Number(attribute) ?? (Mode(bond) is null ? null : (attribute.Default(bond.Settings) as Value.Number)?.Count);

    /// <summary>Whom the ARP monitor asks, by family: the kernel keeps a list of each.</summary>
    public static IEnumerable<(Attribute Of, IReadOnlyList<At<Value>> List)> Targets(Link bond)
    {
        foreach (var line in new[] { BondLines.ArpIpTarget, BondLines.NsIp6Target })
            if (bond.Settings.Get(line) is { Value: Value.List list })
                yield return (line, list.Items);
    }

    /// <summary>
    /// Options of this bond and its ports that its mode does not have. A value that is the default is none: the planner finds
    /// nothing to send for it.
    /// </summary>
    public static IEnumerable<(Attribute Option, Place Place, string Mode)> Misplaced(Link bond)
    {
        if (Mode(bond) is not { } mode)
            yield break;
        foreach (var settings in bond.Ports.Select(port => port.Settings).Prepend(bond.Settings))
            foreach (var (option, value) in settings)
                if (!option.Modes.IsEmpty && !option.Modes.Contains(mode) && !IsDefault(option, value.Value, settings))
                    yield return (option, value.Place, mode);
    }

    private static bool IsDefault(Attribute option, Value value, Settings settings) =>
        value is Value.Word { Text: "default" } || option.Default(settings) is { } usual && usual == value;

    /// <summary>Which header fields choose a frame's port.</summary>
    public static string? Policy(Link bond) =>
        Stack.IsUnread(bond, BondLines.XmitHashPolicy) ? null : bond.Settings.Word(BondLines.XmitHashPolicy) is { } policy and not "default" ? policy : "layer2";

    /// <summary>Whose MAC the bond has.</summary>
    public static string? FailOverMac(Link bond) =>
        Stack.IsUnread(bond, BondLines.FailOverMac) ? null : bond.Settings.Word(BondLines.FailOverMac) is { } whose and not "default" ? whose : "none";

    /// <summary>Where an option stands; where it does not, the mode that brings its default, or the bond.</summary>
    public static Place PlaceOf(Link bond, Attribute option) =>
        bond.Settings.Has(option) ? bond.Settings.PlaceOf(option) : bond.Settings.Has(BondLines.Mode) ? bond.Settings.PlaceOf(BondLines.Mode) : bond.Name.Place;

    /// <summary>The bond, and what stands on it and sends its frames as they are: a VXLAN packs them.</summary>
    public static IReadOnlyList<Link> Senders(Stack stack, Link bond) => stack.WithUppers(bond, but: LinkKind.Vxlan);

    /// <summary>
    /// A link on the bond through which others send than the host, with MACs of their own: a MACVLAN, or a bridge with guests or further ports. Of a
    /// file that declares no guests nobody knows who plugs into its bridges, and they count.
    /// </summary>
    public static Link? Strangers(Stack stack, Link bond) =>
        Senders(stack, bond).FirstOrDefault(link => link.Kind == LinkKind.Macvlan || link.Kind == LinkKind.Bridge && (link.Ports.Length > 1 || stack.GuestsOn(link).Count > 0 || !stack.Host.Guests.Any()));

    /// <summary>Whether there are no two notifications that a delay could stand between.</summary>
    public static bool NotifiesOnce(Link bond) => Mode(bond) == BondLines.ActiveBackup ? Number(bond, BondLines.NumGratArp) == 1 : bond.Settings.Flag(BondLines.BroadcastNeighbor) != true;

    /// <summary>Whether the link asks the network for an address.</summary>
    public static bool IsLeased(Link link) => ClientLines.Families.Any(family => link.Settings.Flag(family) == true);
}
