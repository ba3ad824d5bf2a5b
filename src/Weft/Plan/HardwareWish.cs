// What is wanted of a NIC's hardware, seen from what it has: of a map the file says some keys, and the rest stays; a key that
// left the file goes back to what was found when a file first said it. Words for offloads become the features of this very NIC.

using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

/// <summary>The wishes of a file for one NIC.</summary>
/// <param name="next">What the file says of it.</param>
/// <param name="last">What the file before said.</param>
/// <param name="first">What was found when a file first said it.</param>
/// <param name="held">What it has; null where that was not seen.</param>
internal sealed class HardwareWish(Settings next, Settings last, Settings first, Func<Attribute, Value?> held)
{
    /// <summary>The whole value that is wanted; null where it may be as it is.</summary>
    public Value? Of(Attribute line) => NicLines.IsMap(line) ? Map(line) : NicLines.Talking.Contains(line) ? Talking(line) : Said(next, line);

    private Value.Map? Map(Attribute line)
    {
        var (said, before) = (Said(next, line) as Value.Map, Said(last, line) as Value.Map);
        if ((said is null && before is null) || held(line) is not Value.Map there)
            return null;
        var back = first.ValueOf(line) is Value.Map found ? Spelled(line, found, there) : [];
        var wanted = said is null ? [] : Spelled(line, said, there);
        foreach (var key in before is null ? [] : Spelled(line, before, there).Keys.ToList())
            if (!wanted.ContainsKey(key) && back.TryGetValue(key, out var value))
                wanted[key] = value;
        return new(new(there.Fields.Select(field => wanted.TryGetValue(field.Name.Value, out var value) ? field with { Value = Text.At.Of(value, PlaceOf(said, field.Name.Value)) } : field)));
    }

    /// <summary>Negotiation and what is forced or offered belong together: where one goes back, so do the others, as far as they still mean anything.</summary>
    private Value? Talking(Attribute line)
    {
        if (Said(next, line) is { } said)
            return line == NicLines.Advertise ? MarkLines.NamesOf(MarkLines.NamesIn(said)) : said;
        if (!NicLines.Talking.Any(other => Said(last, other) is not null) || first.ValueOf(line) is not { } found)
            return null;
        var agrees = ((Said(next, NicLines.Autoneg) ?? first.ValueOf(NicLines.Autoneg)) as Value.Flag)?.On;
        return line == NicLines.Autoneg || (line == NicLines.Advertise ? agrees == true : agrees == false) ? found : null;
    }

    /// <summary>What a file would say to mean what is held, in the words that it used before.</summary>
    public static Value? AsSaid(Attribute line, Value? held, Value? said)
    {
        if (held is not Value.Map there || said is not Value.Map words || !NicLines.IsMap(line))
            return held;
        var fields = new List<Field>();
        foreach (var word in words.Fields)
        {
            var of = Keys(line, word.Name.Value, there).Select(key => there.Fields.Get(key)!).ToList();
            if (of.Count > 0 && of.TrueForAll(value => value.Value == of[0].Value))
                fields.Add(new(Text.At.Nowhere(word.Name.Value), Text.At.Nowhere(of[0].Value)));
            else if (of.Count > 0)
                fields.AddRange(Keys(line, word.Name.Value, there).Select(key => new Field(Text.At.Nowhere(key), Text.At.Nowhere(there.Fields.Get(key)!.Value))));
        }
        return fields.Count == 0 ? null : new Value.Map(new(fields.DistinctBy(field => field.Name.Value)));
    }

    private static Value? Said(Settings settings, Attribute line) => settings.ValueOf(line) is { } value and not Value.Word { Text: "default" } ? value : null;

    private static Dictionary<string, Value> Spelled(Attribute line, Value.Map said, Value.Map there) =>
        line == NicLines.Offloads ? Features.Spelled(said.Fields, [.. there.Fields.Select(field => field.Name.Value)])
        : said.Fields.Where(field => there.Fields.Has(field.Name.Value)).ToDictionary(field => field.Name.Value, field => field.Value.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Keys(Attribute line, string name, Value.Map there) =>
        line == NicLines.Offloads ? Features.Of(name, there.Fields.Select(field => field.Name.Value)) : there.Fields.Has(name) ? [name] : [];

    private static Text.Place PlaceOf(Value.Map? said, string key) =>
        said?.Fields.Get(key)?.Place ?? said?.Fields.FirstOrDefault(field => Features.Of(field.Name.Value, [key]).Any())?.Value.Place ?? Text.Place.None;
}
