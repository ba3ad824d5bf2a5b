// Tree -> canonical values, by the shapes of the schema. Every value that fits is kept with its place; every one that does
// not becomes a finding and is left out, and its key is remembered as unread, so that no later rule mistakes what could not
// be read for what was not written.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Spec;

internal sealed class ShapeWalk(List<Finding> findings)
{
    private readonly Dictionary<Fields, ImmutableArray<string>> unread = new(ReferenceEqualityComparer.Instance);

    /// <summary>The keys of this record that were refused.</summary>
    public ImmutableArray<string> Unread(Fields record) => unread.TryGetValue(record, out var names) ? names : [];

    /// <summary>The node as a value of this shape; null where it is none, and a finding says so.</summary>
    /// <param name="name">The key it stands under, for messages.</param>
    public At<Value>? Read(Node node, Shape shape, string name) => (shape, node) switch
    {
        (_, LostNode) => null,
        (Scalar scalar, TextNode { IsNull: false } text) => Scalar(text, scalar, name),
        (ListOf list, ListNode items) => List(items, list, name),
        (ListOf { OrOne: true } list, TextNode { IsNull: false } or MapNode) => Read(node, list.Item, name) is { } one ? At.Of<Value>(new Value.List([one]), node.Place) : null,
        (MapOf map, MapNode entries) => Map(entries, map, name),
        (RecordOf record, MapNode entries) => Record(entries, record),
        (MapOf map, TextNode { IsNull: true }) => Map(new(node.Place, []), map, name),
        (RecordOf record, TextNode { IsNull: true }) => Record(new(node.Place, []), record),
        (ListOrMapOf ports, ListNode items) => List(items, new ListOf(ports.Name), name),
        (ListOrMapOf ports, MapNode entries) => Map(entries, new MapOf(ports.Name, ports.Options), name),
        (OneOrRecordOf either, TextNode { IsNull: false }) => Read(node, either.One, name),
        (OneOrRecordOf either, MapNode) => Read(node, either.Record, name),
        _ => Refuse(node, shape, name),
    };

    private At<Value>? Scalar(TextNode text, Scalar shape, string name)
    {
        if (text.Plain && shape is Count && IsOctal(text.Text))
            return Refuse("wrong-type", text.Place, $"{name} is {text.Text}, which YAML 1.1 readers take for another number (octal)", "every YAML reader must see the same value", "write the number without leading zeros");
        var parsed = shape.Parse(text.Text);
        if (parsed.Value is { } value)
            return At.Of(value, text.Place);
        var rule = parsed.Rule ?? "wrong-type";
        return Refuse(rule, text.Place, $"{name} wants {shape.Wanted}; {Quote.Of(text.Text)} {parsed.Wrong}", Reason(rule, shape), $"write {shape.Wanted}");
    }

    private At<Value>? List(ListNode node, ListOf shape, string name)
    {
        var items = ImmutableArray.CreateBuilder<At<Value>>(node.Items.Length);
        var twice = Twice(shape, name);
        var seen = twice is null || node.Items.Length < 2 ? null : new Dictionary<Value, Place>();
        foreach (var item in node.Items)
        {
            if (Read(item, shape.Item, name) is not { } value)
                continue;
            if (seen is not null && twice is { } rule && !seen.TryAdd(Named(value.Value, shape), value.Place))
                Refuse(rule, value.Place, $"{Named(value.Value, shape)} stands in {name} twice, first in line {seen[Named(value.Value, shape)].Line}", "once is enough, and twice is usually a slip for another one", "remove one of the two");
            else
                items.Add(value);
        }
        return At.Of<Value>(new Value.List(items.ToImmutable()), node.Place);
    }

    /// <summary>A map whose keys are names. An entry that cannot be read stays as an empty one: the name was declared.</summary>
    private At<Value> Map(MapNode node, MapOf shape, string name)
    {
        var fields = new List<Field>(node.Entries.Length);
        var seen = new Dictionary<string, TextNode>(StringComparer.Ordinal);
        foreach (var (key, entry) in node.Entries)
        {
            var label = Scalar(key, shape.Name, shape.Name is LinkName or NameShape ? $"a name under {name}" : $"a key of {name}")?.Value.ToString();
            var value = Read(entry, shape.Entry, label ?? name);
            if (label is null)
                continue;
            if (!seen.TryAdd(label, key))
                Refuse("duplicate-key", key.Place, $"{label} was given before, in line {seen[label].Place.Line}", "some YAML readers take the first of two, some the last", "remove one of the two, or merge them");
            else if (value is { } good)
                fields.Add(new(At.Of(label, key.Place), good));
            else if (shape.Entry is RecordOf record)
                fields.Add(new(At.Of(label, key.Place), At.Of<Value>(Lost(record), entry.Place)));
        }
        return At.Of<Value>(new Value.Map(new(fields)), node.Place);
    }

    private At<Value> Record(MapNode node, RecordOf shape)
    {
        var fields = new List<Field>(node.Entries.Length);
        List<string>? lost = null;
        foreach (var (name, entry) in node.Entries)
        {
            var before = findings.Count;
            if (shape.Find(name.Text) is not { } key)
                (lost ??= []).Add(Unknown(name, shape));
            else if (Value(entry, key) is { } value)
            {
                fields.Add(new(At.Of(key.Name, name.Place), value));
                // A list of which an item was refused is kept without it, and is not what was meant.
                if (findings.Count > before && key.Shape is (ListOf { Item: Model.Shapes.Scalar or OneOrRecordOf } or ListOrMapOf))
                    (lost ??= []).Add(key.Name);
            }
            else
                (lost ??= []).Add(key.Name);
            if (shape.Find(name.Text) is { Acted: false } idle)
                findings.Add(Finding.Advice("not-acted-on-yet", name.Place, $"{idle.Name} is read and printed, and nothing is done about it yet", "this version of Weft knows the key's form and not its work", "leave it in for a later version, or remove it"));
        }
        var made = new Fields(fields);
        foreach (var key in shape.Keys.Where(key => key.Required && !made.Has(key.Name) && lost?.Contains(key.Name) != true))
            findings.Add(Finding.Error("missing-key", node.Place, $"{shape.Noun} needs the key {key.Name}, and here it has none", $"without it there is nothing to make: {Inside(key.Doc)}", $"add {key.Name}: with {key.Shape.Wanted}"));
        // A key that resembles none may have meant any of those that are not there.
        if (lost?.Any(name => shape.Find(name) is null) == true)
            lost.AddRange(shape.Keys.Select(key => key.Name).Where(name => !made.Has(name)));
        if (lost is not null)
            unread[made] = [.. lost.Distinct()];
        return At.Of<Value>(new Value.Map(made), node.Place);
    }

    /// <summary>An attribute's value may be `default`, which is a word and not of the attribute's shape.</summary>
    private At<Value>? Value(Node node, Key key) =>
        node is TextNode { Text: "default" } && key is { IsAttribute: true, Required: false } ? At.Of(Model.Value.Of("default"), node.Place) : Read(node, key.Shape, key.Name);

    private string Unknown(TextNode name, RecordOf shape)
    {
        var near = Nearest.To(name.Text, shape.Keys.Select(key => key.Name));
        findings.Add(Finding.Error("unknown-key", name.Place, $"{Quote.Of(name.Text)} is no key of {shape.Noun}" + (near is null ? "" : $"; did you mean {Quote.Of(near)}?"),
            "a key that nobody knows would do nothing, without a word", near is null ? $"remove it; {shape.Noun} has {string.Join(", ", shape.Keys.Select(key => key.Name))}" : $"write {near}, or remove it"));
        return near ?? name.Text;
    }

    private Value.Map Lost(RecordOf record)
    {
        var made = new Fields([]);
        unread[made] = [.. record.Keys.Select(key => key.Name)];
        return new(made);
    }

    private At<Value>? Refuse(Node node, Shape shape, string name) =>
        Refuse("wrong-type", node.Place, $"{name} wants {shape.Wanted}, and here is {node.Noun}", Reason("wrong-type", shape),
            shape is RecordOf record ? $"write a map; its keys are {string.Join(", ", record.Keys.Select(key => key.Name))}" : $"write {shape.Wanted}");

    private At<Value>? Refuse(string rule, Place place, string what, string why, string mend)
    {
        findings.Add(Finding.Error(rule, place, what, why, mend));
        return null;
    }

    /// <summary>What an item is known by: of a map with more to say, what could stand there alone.</summary>
    private static Value Named(Value item, ListOf shape) =>
        shape.Item is OneOrRecordOf either && item is Value.Map map && map.Fields.Get(either.Record.Keys[0].Name) is { } one ? one.Value : item;

    private static string? Twice(ListOf shape, string name) => (shape.Item, name) switch
    {
        (LinkName, "ports") => "duplicate-port",
        (PrefixShape { Destination: false } or OneOrRecordOf { One: PrefixShape }, _) => "duplicate-address",
        (AddressShape, "dns") or (DomainShape, "search") => "duplicate-item",
        _ => null,
    };

    private static string Reason(string rule, Shape shape) => rule switch
    {
        "name-refused" => "links, guests and switches become names of the kernel, in paths and on command lines, where other characters break things",
        "vlan-id-out-of-range" => "the VLAN id of an 802.1Q tag has 12 bits, and 4095 is reserved; the kernel refuses it (ERANGE)",
        "mtu-out-of-range" => "the kernel refuses a value outside its range",
        "out-of-range" => shape is Count { RangeWhy: { } why } ? why : shape is SecondsShape { RangeWhy: { } ended } ? ended : "a value outside its range is refused rather than cut to fit",
        "not-an-address" => "what looks like an address to one program and like another to the next is refused rather than guessed at",
        "address-refused" => "the kernel refuses such an address for a link (EADDRNOTAVAIL)",
        _ => "a value of another kind is refused rather than guessed at",
    };

    /// <summary>A sentence of the schema as a part of another; a first word in capitals, such as IPv6, stays as it is.</summary>
    private static string Inside(string sentence) =>
        (sentence.Length > 1 && char.IsAsciiLetterLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence).TrimEnd('.');

    private static bool IsOctal(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0' && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
