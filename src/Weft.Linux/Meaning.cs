// What a number on the wire means in the model, and back: by the attribute's shape, once for all attributes.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

internal static class Meaning
{
    /// <summary>The wire's values for settings, by the wire's names.</summary>
    public static Dictionary<string, Value> ToWire(IEnumerable<KeyValuePair<Attribute, At<Value>>> settings, Names names) =>
        settings.ToDictionary(pair => pair.Key.Wire, pair => ToWire(pair.Key.Shape, pair.Value.Value, names), StringComparer.Ordinal);

    /// <summary>The kernel leaves these out when nothing is set (bond_fill_info, vlan_fill_info): no primary port, no targets, not one of a VLAN's switches. Null for all others.</summary>
    public static Value? OfAbsent(Attribute line) => (line.Of(LinkKind.Vlan) && line.Shape is FlagShape) || line == VxlanLines.Gbp ? Value.Of(false)
        : line == VxlanLines.Lower || VlanLines.IsMap(line) || line == BondLines.Primary || line == BridgePortLines.BackupPort || line == BondLines.ArpIpTarget || line == BondLines.NsIp6Target ? line.Default(Settings.Empty) : null;

    public static Value FromWire(Attribute line, Value raw, Names names) => (line.Shape, raw) switch
    {
        (Count { Unit: Unit.Hundredths }, Value.Number time) => Value.Of(Ticks.Told(time.Count, (line.Default(Settings.Empty) as Value.Number)?.Count)),
        (FlagShape, Value.Number number) => Value.Of(number.Count != 0),
        (OneOf words, Value.Number number) => Value.Of(words.WordOf(number.Count)),
        (LinkName, Value.Number index) => Value.Of(names.Of((int)index.Count) ?? ""),
        _ => raw,
    };

    private static Value ToWire(Shape shape, Value value, Names names) => (shape, value) switch
    {
        (FlagShape, Value.Flag flag) => Value.Of(flag.On ? 1L : 0L),
        (OneOf words, Value.Word word) => Value.Of(words.NumberOf(word.Text)),
        (LinkName, Value.Word name) => Value.Of((long)names.IndexOf(name.Text)),
        (ListOf, Value.Word one) => new Value.List([At.Nowhere<Value>(one)]),
        _ => value,
    };
}

/// <summary>The names and indexes of a namespace's links, as last observed and as steps have changed them since.</summary>
internal sealed class Names
{
    private readonly Dictionary<int, string> byIndex;
    private readonly Dictionary<string, int> byName;
    private int highest;

    public Names() => (byIndex, byName) = ([], new(StringComparer.Ordinal));

    private Names(Names others) => (byIndex, byName, highest) = (new(others.byIndex), new(others.byName, StringComparer.Ordinal), others.highest);

    /// <summary>The same names, which nothing changes any more.</summary>
    public Names Copy() => new(this);

    public void Put(int index, string name)
    {
        byIndex[index] = name;
        byName[name] = index;
        highest = Math.Max(highest, index);
    }

    public void Remove(string name)
    {
        if (byName.Remove(name, out var index))
            byIndex.Remove(index);
    }

    public void Clear()
    {
        byIndex.Clear();
        byName.Clear();
    }

    /// <summary>
    /// An index for a link that does not exist yet, so that it can be spoken of at once. Far above the kernel's own counter, which an index
    /// asked for does not move: a link that somebody makes later must never get one that was ours.
    /// </summary>
    public int Next()
    {
        do
            highest = highest is int.MaxValue or < FirstOfOurs ? FirstOfOurs + 1 : highest + 1;
        while (byIndex.ContainsKey(highest));
        return highest;
    }

    private const int FirstOfOurs = 1 << 16;

    public string? Of(int index) => byIndex.GetValueOrDefault(index);

    /// <summary>The index of a link; 0, which is no link, where there is none of that name.</summary>
    public int IndexOf(string name) => byName.GetValueOrDefault(name);
}
