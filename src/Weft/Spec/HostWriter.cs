// Host -> YAML text, canonical: sections and keys in the schema's order, one key a line, lists of scalars on one line while
// they are short. The same host always gives the same bytes, and every YAML reader, 1.1 or 1.2, finds the values that went in.

using System.Collections.Immutable;
using System.Text;
using Weft.Model;
using Weft.Model.Shapes;

namespace Weft.Spec;

/// <summary>Writes host files.</summary>
public static class HostWriter
{
    private const int LongestLine = 110;

    /// <summary>The host as a host file. Comments are not kept, and neither is what no file can say.</summary>
    public static string Write(Host host)
    {
        var fields = Layout.Of(host);
        if (fields.Count == 0)
            return "{}\n";
        var text = new StringBuilder();
        Map(text, fields, Schema.File, 0);
        return text.ToString();
    }

    private static void Map(StringBuilder text, Fields fields, Shape? shape, int indent, bool afterDash = false)
    {
        foreach (var (name, value) in InOrder(fields, shape))
        {
            text.Append(' ', afterDash ? 0 : indent);
            afterDash = false;
            var key = shape is MapOf { Name: Count } ? name.Value : Plain.OrQuoted(name.Value, flow: false);
            text.Append(key).Append(':');
            Entry(text, value.Value, ShapeOf(shape, name.Value), indent, key.Length + 2);
        }
    }

    /// <summary>What follows a key's colon, line end included.</summary>
    private static void Entry(StringBuilder text, Value value, Shape? shape, int indent, int taken)
    {
        switch (value)
        {
            case Value.Map { Fields.Count: > 0 } map:
                text.Append('\n');
                Map(text, map.Fields, shape, indent + 2);
                break;
            case Value.List { Items: [var only] } when shape is ListOf { OrOne: true } && only.Value is not Value.Map:
                text.Append(' ').Append(OnOneLine(only.Value, flow: false)).Append('\n');
                break;
            case Value.List list when !IsShort(list, LongestLine - indent - taken):
                text.Append('\n');
                foreach (var item in list.Items)
                    Item(text, item.Value, (shape as ListOf)?.Item, indent + 2);
                break;
            default:
                text.Append(' ').Append(OnOneLine(value, flow: false)).Append('\n');
                break;
        }
    }

    private static void Item(StringBuilder text, Value value, Shape? shape, int indent)
    {
        text.Append(' ', indent).Append("- ");
        if (value is Value.Map { Fields.Count: > 0 } map)
            Map(text, map.Fields, shape, indent + 2, afterDash: true);
        else
            text.Append(OnOneLine(value, flow: false)).Append('\n');
    }

    private static string OnOneLine(Value value, bool flow) => value switch
    {
        Value.List list => $"[{string.Join(", ", list.Items.Select(item => OnOneLine(item.Value, flow: true)))}]",
        Value.Map { Fields.Count: 0 } => "{}",
        Value.Map map => $"{{{string.Join(", ", map.Fields.Select(field => $"{Plain.OrQuoted(field.Name.Value, true)}: {OnOneLine(field.Value.Value, true)}"))}}}",
        Value.Word word => Plain.OrQuoted(word.Text, flow),
        _ => value.ToString()!,
    };

    private static bool IsShort(Value.List list, int room) =>
        list.Items.All(item => item.Value is not (Value.Map or Value.List)) && OnOneLine(list, flow: false).Length <= room;

    /// <summary>A record's keys in the schema's order, then what the schema does not know; names that the user chose stay as they are.</summary>
    private static IEnumerable<Field> InOrder(Fields fields, Shape? shape) =>
        shape is RecordOf record ? fields.OrderBy(field => record.Position(field.Name.Value)) : fields;

    private static Shape? ShapeOf(Shape? shape, string name) => shape switch
    {
        RecordOf record => record.Find(name)?.Shape,
        MapOf map => map.Entry,
        ListOrMapOf ports => ports.Options,
        _ => null,
    };
}
