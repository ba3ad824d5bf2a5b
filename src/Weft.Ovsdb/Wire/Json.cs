// A message out of bytes, and the texts in it sound: bytes that are no UTF-8, halves of a character and names that come twice are refused here,
// so that nobody further on meets them.

using System.Text.Json;
using System.Text.Unicode;

namespace Weft.Ovsdb.Wire;

/// <summary>Reads messages.</summary>
internal static class Json
{
    /// <summary>The object; null where it is none, and why.</summary>
    public static JsonElement? Read(byte[] bytes, Limits limits, out string wrong)
    {
        wrong = "a message that is no UTF-8";
        if (!Utf8.IsValid(bytes))
            return null;
        try
        {
            var read = JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = limits.DeepestMessage, AllowDuplicateProperties = false });
            // Only an escape can say half a character in bytes that are UTF-8.
            if (bytes.AsSpan().IndexOf("\\u"u8) >= 0)
                Walk(read);
            return read;
        }
        catch (JsonException no)
        {
            wrong = $"a message that is no JSON: {no.Message}";
            return null;
        }
        catch (InvalidOperationException)
        {
            wrong = "a text with half a character in it";
            return null;
        }
    }

    private static void Walk(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var one in element.EnumerateArray())
                Walk(one);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var one in element.EnumerateObject())
            {
                _ = one.Name;
                Walk(one.Value);
            }
    }
}
