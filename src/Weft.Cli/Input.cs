// Files at the door. What is behind a name is looked at before it is opened, since opening a FIFO waits for ever and a
// device may never end; what is too large is not read; what is no text is not passed on. Every way to fail is one sentence.

using System.Runtime.InteropServices;
using System.Text;
using Weft.Text;

namespace Weft.Cli;

/// <summary>A text file, or why it could not be had.</summary>
internal readonly record struct Got(Source? Source, string Text, string? Wrong);

internal static partial class Input
{
    /// <summary>No host file is larger; one that is, is something else.</summary>
    private const int Largest = 10 << 20;

    /// <summary>Nor is a list of flows that a person could do anything with.</summary>
    public const int LargestOfFlows = 256 << 20;

    private const int WorkingFolder = -100;
    private const uint TypeAndSize = 0x201;

    /// <summary>Reads a file; `-` is standard input.</summary>
    /// <param name="named">The file must have a name, so a mend must not speak of standard input.</param>
    /// <param name="largest">How many bytes it may have.</param>
    public static Got Read(string path, bool named = false, int largest = Largest)
    {
        var (bytes, wrong) = Bytes(path, largest, named);
        if (bytes is null)
            return new(null, "", wrong);
        var name = path == "-" ? "stdin" : path;
        var (text, odd) = Decoded(bytes);
        return odd is null ? new(new Source(name, text), text, null) : new(null, "", $"{Quote.Clean(name)}: {odd}");
    }

    /// <summary>Reads a file that is perhaps no text: its bytes, or why they could not be had.</summary>
    public static (byte[]? All, string? Wrong) Bytes(string path, int largest, bool named = false)
    {
        var name = path == "-" ? "stdin" : path;
        (byte[]?, string?) Bad(string wrong) => (null, $"{Quote.Clean(name)}: {wrong}");
        if (path.Length == 0)
            return (null, "the name of a file is empty");
        if (path != "-" && Odd(path, named, largest) is { } odd)
            return Bad(odd);
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return Bounded(stream, largest) is not { } bytes ? Bad(TooLarge(largest)) : bytes.Length == 0 ? Bad("is empty") : (bytes, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Bad(e is UnauthorizedAccessException ? "may not be read by this user" : $"cannot be read: {Quote.Clean(e.Message)}");
        }
    }

    private static string TooLarge(int largest) => largest == Largest ? "is larger than 10 MB, which no host file is" : $"is larger than {largest >> 20} MB; give a part of it";

    /// <summary>What speaks against opening it; null where it is a file of a sensible size.</summary>
    private static string? Odd(string path, bool named, int largest)
    {
        var about = new byte[256];
        if (Look(WorkingFolder, path, 0, TypeAndSize, about) != 0)
            return Marshal.GetLastPInvokeError() switch
            {
                2 => "there is no such file",
                13 => "may not be read by this user",
                20 => "a part of the path is no folder",
                36 => "the name is too long",
                40 => "symbolic links go round in a circle",
                var errno => $"cannot be read: {Marshal.GetPInvokeErrorMessage(errno)}",
            };
        var kind = BitConverter.ToUInt16(about, 28) & 0xF000;
        return kind switch
        {
            0x8000 => BitConverter.ToUInt64(about, 40) > (ulong)largest ? TooLarge(largest) : null,
            0x4000 => "is a folder, not a file",
            0x1000 => "is a pipe, not a file" + (named ? "" : "; to read from a pipe, give - and redirect standard input"),
            0xC000 => "is a socket, not a file",
            _ => "is a device, not a file",
        };
    }

    /// <summary>Everything, or null where it does not end within the limit.</summary>
    private static byte[]? Bounded(Stream stream, int largest)
    {
        using var all = new MemoryStream();
        var chunk = new byte[64 << 10];
        for (int count; (count = stream.Read(chunk)) > 0;)
        {
            all.Write(chunk, 0, count);
            if (all.Length > largest)
                return null;
        }
        return all.ToArray();
    }

    private static (string Text, string? Wrong) Decoded(byte[] bytes)
    {
        var zero = Array.IndexOf(bytes, (byte)0);
        if (zero >= 0)
            return ("", $"is not text: byte {zero + 1} is NUL");
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), null);
        }
        catch (DecoderFallbackException e)
        {
            return ("", $"is not text: byte {e.Index + 1} is not UTF-8");
        }
    }

    /// <summary>statx(2): the mode is at byte 28 of what it fills in, the size at byte 40.</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint wanted, [Out] byte[] about);
}
