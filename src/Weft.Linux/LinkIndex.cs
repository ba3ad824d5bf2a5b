// The kernel's number of a link, by its name (if_nametoindex(3)).

using System.Runtime.InteropServices;

namespace Weft.Linux;

internal static partial class LinkIndex
{
    /// <summary>In the network namespace of the calling thread; 0 where there is none of that name.</summary>
    public static int Of(string link) => (int)NameToIndex(link);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint NameToIndex(string name);
}
