// What watches a bridge's frames: mirrors, and who is told of flows by sFlow, NetFlow and IPFIX. Each is a row of its own that the bridge keeps.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Ovsdb.Values;
using Weft.Text;

namespace Weft.OpenVswitch;

/// <summary>Makes rows of a bridge's watching keys.</summary>
internal static class Watches
{
    /// <summary>Of a mirror the row's name is its own behind its bridge's; the others have none.</summary>
    public static RowName NameOf(string table, string bridge, string? mirror) => new(table, mirror is null ? bridge : $"{bridge}/{mirror}");

    public static IEnumerable<SwitchRow> Of(Link link, RowName bridge)
    {
        foreach (var (key, (table, columns)) in Cells.Watching.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (link.Rest.Get(key) is not { Value: Value.Map { Fields: var said } } at)
                continue;
            if (table == Cells.Mirror)
                foreach (var mirror in said)
                    yield return Row(NameOf(table, bridge.Name, mirror.Name.Value), mirror.Name, ((Value.Map)mirror.Value.Value).Fields, columns);
            else
                yield return Row(NameOf(table, bridge.Name, null), At.Of(link.Name.Value, at.Place), said, columns);
        }

        SwitchRow Row(RowName name, At<string> label, Fields said, IReadOnlyDictionary<string, string> columns) => new(name, bridge)
        {
            Place = label.Place,
            Cells = ImmutableSortedDictionary.CreateRange(
            [
                KeyValuePair.Create(Cells.Mark, At.Of<Datum>(label.Value, label.Place)),
                .. said.Where(field => columns.ContainsKey(field.Name.Value)).Select(field => KeyValuePair.Create(new Cell(columns[field.Name.Value]), At.Of(DatumOf(field.Value.Value), field.Value.Place))),
            ]),
        };
    }

    private static Datum DatumOf(Value value) => value switch
    {
        Value.Flag flag => flag.On,
        Value.Number number => number.Count,
        Value.List list => Datum.Set(list.Items.SelectMany(item => DatumOf(item.Value).Keys)),
        _ => value.ToString()!,
    };
}
