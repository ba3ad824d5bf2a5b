// Files under /proc and /sys that are one short line each: read so, one costs an open and a read, and no buffer of a stream's size.

using System.Text;
using Weft.Apply;
using Weft.Netlink;

namespace Weft.Linux;

internal static class ShortFile
{
    private const int Longest = 128;

    /// <summary>What it says; null where there is none, or it may not be read.</summary>
    public static string? Read(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            Span<byte> line = stackalloc byte[Longest];
            return Encoding.ASCII.GetString(line[..RandomAccess.Read(handle, line, 0)]).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    /// <returns>Why it could not be; null where it was.</returns>
    /// <param name="path">The file.</param>
    /// <param name="text">What it is to say.</param>
    /// <param name="missing">What it means that there is no such file, or not even its folder.</param>
    public static Refusal? Write(string path, string text, Func<IOException, Refusal> missing)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(text), 0);
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            return new("EACCES", e.Message);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return missing(e);
        }
        catch (IOException e)
        {
            // On Linux the number is the kernel's own.
            return new(Errno.Name(e.HResult), e.Message);
        }
    }
}
