// Where one message ends and the next begins: JSON objects come one after another with nothing between them, cut anywhere. Only braces, quotes and
// backslashes are looked at; whether it is JSON the parser says.

namespace Weft.Ovsdb.Wire;

/// <summary>Cuts a stream of bytes into objects.</summary>
internal sealed class Frames(Limits limits)
{
    private byte[] held = new byte[4096];
    private int count, depth;
    private bool quoted, escaped;

    /// <summary>Takes the next bytes, and adds the objects that are whole by them.</summary>
    /// <returns>What is wrong with them; then nothing more can be taken.</returns>
    public string? Take(ReadOnlySpan<byte> bytes, Queue<byte[]> whole)
    {
        foreach (var one in bytes)
        {
            if (depth == 0 && one is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                continue;
            if (depth == 0 && one != '{')
                return $"a message begins with 0x{one:x2} and not with {{";
            if (count == limits.LongestMessage)
                return $"a message is longer than {limits.LongestMessage} bytes";
            if (count == held.Length)
                Array.Resize(ref held, (int)Math.Min(2L * count, limits.LongestMessage));
            held[count++] = one;
            if (Closes(one))
            {
                whole.Enqueue(held[..count]);
                count = 0;
                if (held.Length > 1 << 20)
                    held = new byte[4096];
            }
            if (depth > limits.DeepestMessage)
                return $"a message has more than {limits.DeepestMessage} lists in one another";
        }
        return null;
    }

    private bool Closes(byte one)
    {
        if (quoted)
            (quoted, escaped) = (escaped || one != '"', !escaped && one == '\\');
        else if (one == '"')
            quoted = true;
        else if (one is (byte)'{' or (byte)'[')
            depth++;
        else if (one is (byte)'}' or (byte)']')
            depth--;
        return depth == 0;
    }
}
