// A link's or port's settings in the making: one slot for each line of the attribute table that its kind has. What a netlink
// set says under a line's wire name falls into its slot.

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

/// <summary>Slots for the lines of a kind.</summary>
internal sealed class Slots : ISaid
{
    private static readonly ConcurrentDictionary<LinkKind, ImmutableArray<Attribute>> LinkLines = new();
    private static readonly ConcurrentDictionary<(ImmutableArray<Attribute> Lines, Home Home), FrozenDictionary<string, int>> Places = new();

    /// <summary>The slot of each line of the table; below zero where the kind has not the line.</summary>
    private static readonly ConcurrentDictionary<ImmutableArray<Attribute>, ImmutableArray<int>> ByOrder = new();

    private readonly ImmutableArray<Attribute> lines;
    private readonly Value?[] values;
    private readonly Home home;

    private readonly FrozenDictionary<string, int> places;

    private Slots(ImmutableArray<Attribute> lines, Home home)
    {
        (this.lines, values, this.home) = (lines, new Value?[lines.Length], home);
        places = Places.GetOrAdd((lines, home), static of => of.Lines.Index().Where(line => line.Item.Home == of.Home).ToFrozenDictionary(line => line.Item.Wire, line => line.Index, StringComparer.Ordinal));
    }

    /// <summary>For a link, of which a set says the lines at home in the data of its kind.</summary>
    public static Slots OfLink(LinkKind kind) => new(LinkLines.GetOrAdd(kind, Table.OfLink), Home.Data);

    /// <summary>For a port of such a master.</summary>
    public static Slots OfPort(LinkKind master) => new(Table.OfPort(master), Home.Port);

    /// <summary>Puts a value into a line's slot, where the kind has the line and there is a value.</summary>
    public void Put(Attribute line, Value? value)
    {
        if (value is not null && SlotOf(line) is var at and >= 0)
            values[at] = value;
    }

    /// <summary>What a set said of these lines is not what was set.</summary>
    public void Forget(ImmutableArray<Attribute> untold)
    {
        for (var at = 0; at < lines.Length; at++)
            if (untold.Contains(lines[at]))
                values[at] = null;
    }

    /// <summary>Fills in what a set says, in the model's words.</summary>
    public void Read(IAttributes? set, Names names)
    {
        Gather.Into(this, set);
        for (var at = 0; at < lines.Length; at++)
            if (lines[at].Home == home)
                values[at] = values[at] is { } raw ? Meaning.FromWire(lines[at], raw, names) : set is null ? null : Meaning.OfAbsent(lines[at]);
    }

    public Settings Settings() => Model.Settings.Observed(lines, values);

    public bool Wants(string name) => SlotOf(name) >= 0;

    public void Say(string name, Value value) => values[SlotOf(name)] = value;

    private int SlotOf(Attribute line) => ByOrder.GetOrAdd(lines, static of => [.. Table.All.Select(line => of.IndexOf(line))])[line.Order];

    private int SlotOf(string name) => places.GetValueOrDefault(name, -1);
}
