// `weft schema`: the shape of a host file for editors and other programs. It is the same schema that the reader walks, told in
// JSON; what takes more than one value to judge (a dangling name, a port in two masters) is `weft check`'s.

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Model;

namespace Weft.Show;

/// <summary>Prints the schema of the host file.</summary>
public static class HostSchema
{
    /// <summary>JSON Schema, draft 2020-12, indented.</summary>
    public static string Text()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:weft:host-file:1",
            ["title"] = "A Weft host file",
            ["description"] = "A host's NICs, bonds, VLANs, bridges, addresses and guests. What takes several values to judge, weft check judges.",
        };
        foreach (var (name, value) in Schema.File.AsJson())
            schema[name] = value?.DeepClone();
        // A file of nothing is refused.
        schema["type"] = "object";
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            schema.WriteTo(to);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
