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
}
