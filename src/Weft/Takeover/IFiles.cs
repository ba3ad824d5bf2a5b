// The machine's files as a port of the hall: who manages a host says so in files, and lets go by files. Paths are the
// machine's own (`/etc/network/interfaces`); that they may all lie below some other folder is the implementation's to know.

using System.Collections.Immutable;

namespace Weft.Takeover;

/// <summary>Files that can be read, and put in place so that each is whole or as it was.</summary>
public interface IFiles
{
    /// <summary>Names of what is in a folder, sorted by ordinal; none where there is no such folder, or it cannot be read.</summary>
    ImmutableArray<string> List(string folder);

    /// <summary>What a file holds, symbolic links followed; neither where there is none. What is larger than a megabyte is wrong.</summary>
    (ImmutableArray<byte>? Content, string? Wrong) Read(string path);

    /// <summary>What stands at the path itself, no symbolic link followed; neither where nothing does.</summary>
    (Entry? Entry, string? Wrong) Look(string path);

    /// <summary>Makes the path what the entry says, or nothing (null). Returns why not, and then it is as it was; null where it was done.</summary>
    string? Put(string path, Entry? entry);
}
