// What .NET does not ask the C library for: reading a file that somebody holds a lock on, as dhcpcd does on the file with its process id.
// .NET asks for a lock of its own first.

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Weft.Linux.Clients;

internal static partial class Libc
{
    private const int CloseOnExec = 0x80000;

    /// <summary>The number that a file holds; 0 where it holds none, or cannot be read.</summary>
    public static int NumberIn(string path)
    {
        var file = Open(path, CloseOnExec);
        if (file < 0)
            return 0;
        using var handle = new SafeFileHandle(file, ownsHandle: true);
        try
        {
            Span<byte> text = stackalloc byte[32];
            return int.TryParse(Encoding.ASCII.GetString(text[..RandomAccess.Read(handle, text, 0)]).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
