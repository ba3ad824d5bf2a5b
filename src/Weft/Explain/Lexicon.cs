// Every word that can be explained: the table's, the modes, the rules and the subjects, each joined with its prose.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Attribute = Weft.Model.Attributes.Attribute;
using Prose = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Weft.Explain;

/// <summary>The words of `weft explain`.</summary>
public static class Lexicon
{
    private static readonly ImmutableArray<Choice> Modes = ((OneOf)BondLines.Mode.Shape).Words;

    /// <summary>The attributes by what has them, with the prose of each group.</summary>
    internal static ImmutableArray<(string Title, string Of, ImmutableArray<Attribute> Lines, Prose Prose)> Options { get; } =
    [
        ("Bonds", "a bond", BondLines.All, BondWords.All),
        ("Ports of bonds", "a port of a bond", BondPortLines.All, BondWords.OfPorts),
        ("Bonds of Open vSwitch", "a bond", SwitchLines.OfBond, SwitchWords.OfBond),
        ("VLANs", "a VLAN", VlanLines.All, VlanWords.All),
        ("MACVLANs", "a MACVLAN", MacvlanLines.All, OverlayWords.OfMacvlans),
        ("VXLANs", "a VXLAN", VxlanLines.All, VxlanWords.All),
        ("Veths", "a veth", VethLines.All, OverlayWords.OfVeths),
        ("VRFs", "a VRF", VrfLines.All, OverlayWords.OfVrfs),
        ("Bridges", "a bridge", BridgeLines.All, BridgeWords.All),
        ("Bridges of Open vSwitch", "a bridge", [SwitchLines.FakeBridge], SwitchWords.OfBridge),
        ("Ports of bridges", "a port of a bridge", BridgePortLines.All, BridgePortWords.All),
        ("NICs", "a NIC", NicLines.All, NicWords.All),
        ("Leases", "a link", ClientLines.All, ClientWords.All),
        ("Names", "a link", NameLines.All, ClientWords.OfNames),
        ("Links of every kind", "a link", [Table.Mtu, Table.Mac, Table.Up, Table.Ipv6, .. MarkLines.All, Table.Master], LinkWords.All),
        ("Links of every kind, under /proc/sys/net", "a link", ConfLines.All, ConfWords.All),
        ("The whole host, under sysctls", "the whole host", HostLines.All, HostWords.All),
    ];

    /// <summary>All there is, in the order of the list.</summary>
    public static ImmutableArray<Group> Groups { get; } =
    [
        new("Subjects", [.. SubjectWords.All.Keys.Select(word => new Entry.Subject(word, Filled(SubjectWords.All[word])))]),
        new("Bond modes", [.. Modes.Select(mode => new Entry.Mode(mode, Filled(ModeWords.All[mode.Word])))]),
        .. Options.Select(group => new Group(group.Title, [.. group.Lines.Select(line => new Entry.Option(line, group.Of, Filled(group.Prose[line.Name])))])),
        new("Profiles of tuning", [.. Profiles.All.Select(profile => new Entry.Profile(profile, Filled(HostWords.Profiles[profile.Name])))]),
        new("Rules of weft check", [.. Rules.All.Select(rule => new Entry.Mistake(rule)).OrderBy(entry => entry.Word, StringComparer.Ordinal)]),
    ];

    /// <summary>Every word once.</summary>
    public static ImmutableArray<string> Words { get; } = [.. Entries.Select(entry => entry.Word).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<Entry> Entries => Groups.SelectMany(group => group.Entries);

    /// <summary>What there is to say of a word: by its name, a mode by its number too (`4`, `mode4`), an attribute by the kernel's spelling.</summary>
    public static ImmutableArray<Entry> Find(string word)
    {
        ImmutableArray<Entry> named = [.. Entries.Where(entry => entry.Word == word)];
        if (!named.IsEmpty)
            return named;
        var number = word.StartsWith("mode", StringComparison.Ordinal) ? word[4..] : word;
        return [.. Entries.Where(entry => entry switch
        {
            Entry.Mode mode => mode.Choice.Number.ToString(CultureInfo.InvariantCulture) == number,
            Entry.Option option => option.Line.Wire == word,
            _ => false,
        })];
    }

    /// <summary>Prose as one line: how it is broken in the source is the source's.</summary>
    private static string Filled(string prose) => string.Join(' ', prose.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
