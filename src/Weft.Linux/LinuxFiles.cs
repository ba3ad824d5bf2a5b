// The machine's files, or those of a tree below some folder: there nothing is read or written outside of the tree, wherever
// its symbolic links lead. A file is put in place by a rename, with mode and owner as they are to be.

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Weft.Takeover;

namespace Weft.Linux;

/// <summary>The real files.</summary>
/// <param name="root">The folder that stands for `/`; empty for the machine itself.</param>
public sealed partial class LinuxFiles(string root) : IFiles
{
    private const int Largest = 1 << 20, MostNames = 10_000;
    private const int WorkingFolder = -100, NotFollowed = 0x100;
    private const uint TypeModeOwnerAndSize = 0x21B;
    private const int NoSuch = 2, NotAFolder = 20;

    private readonly string root = root.TrimEnd('/');

    public ImmutableArray<string> List(string folder)
    {
        if (Strayed(folder) is not null)
            return [];
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(root + folder).Take(MostNames).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public (ImmutableArray<byte>? Content, string? Wrong) Read(string path)
    {
        if (Strayed(path) is { } strayed)
            return (null, strayed);
        var (about, errno) = About(path, 0);
        if (about is null)
            return (null, errno is NoSuch or NotAFolder ? null : Marshal.GetPInvokeErrorMessage(errno));
        if (about.Kind != EntryKind.File)
            return (null, "is no file");
        return Bytes(path, about.Size);
    }

    public (Entry? Entry, string? Wrong) Look(string path)
    {
        if (Strayed(Act.FolderOf(path)) is { } strayed)
            return (null, strayed);
        var (about, errno) = About(path, NotFollowed);
        if (about is null)
            return (null, errno is NoSuch or NotAFolder ? null : Marshal.GetPInvokeErrorMessage(errno));
        if (about.Kind is not { } kind)
            return (null, "is neither file nor folder nor symbolic link");
        var (content, wrong) = kind == EntryKind.File ? Bytes(path, about.Size) : (kind == EntryKind.Link ? [.. Encoding.UTF8.GetBytes(new FileInfo(root + path).LinkTarget ?? "")] : [], null);
        return wrong is null ? (new(kind, content!.Value, about.Mode, about.Owner), null) : (null, wrong);
    }

    public string? Put(string path, Entry? entry)
    {
        if (Strayed(Act.FolderOf(path)) is { } strayed)
            return $"{path}: {strayed}";
        var target = root + path;
        var aside = $"{root}{Act.FolderOf(path).TrimEnd('/')}/.{Act.NameOf(path)}.weft-new";
        try
        {
            File.Delete(aside); // Of somebody who died.
            if (entry is null)
                Drop(target);
            else if (entry.Kind == EntryKind.Folder)
                Complete(Directory.CreateDirectory(target).FullName, entry);
            else
            {
                Make(aside, entry);
                if (Rename(aside, target) != 0)
                    throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            }
            LinuxDisk.Synchronise(root + Act.FolderOf(path));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be {(entry is null ? "removed" : "written")}: {e.Message}";
        }
    }

    private static void Drop(string target)
    {
        if (new FileInfo(target) is { LinkTarget: null } && Directory.Exists(target))
            Directory.Delete(target);
        else
            File.Delete(target);
    }

    private static void Make(string aside, Entry entry)
    {
        if (entry.Kind == EntryKind.Link)
            File.CreateSymbolicLink(aside, entry.Text);
        else
            using (var file = new FileStream(aside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                file.Write(entry.Content.AsSpan());
                file.Flush(flushToDisk: true);
            }
        Complete(aside, entry);
    }

    /// <summary>Owner first: to give a file away takes its set-user-ID bit.</summary>
    private static void Complete(string path, Entry entry)
    {
        if (entry.Owner is { } owner && ChangeOwner(path, owner.User, owner.Group) != 0)
            throw new IOException($"its owner: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        if (entry.Kind != EntryKind.Link)
            File.SetUnixFileMode(path, (UnixFileMode)entry.Mode);
    }

    /// <summary>Where a path leads out of the tree, the sentence that says so.</summary>
    private string? Strayed(string path)
    {
        if (root.Length == 0)
            return null;
        // What is not there yet leads where the folder above it does.
        var place = root + path;
        while (place.Length > root.Length && Real(place) is null)
            place = place[..place.LastIndexOf('/')];
        return Real(root) is { } top && Real(place) is { } there && (there == top || there.StartsWith(top.TrimEnd('/') + "/", StringComparison.Ordinal)) ? null : $"leads out of {root}";
    }

    private static string? Real(string path)
    {
        var buffer = new byte[4097];
        return RealPath(path, buffer) == 0 ? null : Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    private (ImmutableArray<byte>? Content, string? Wrong) Bytes(string path, long size)
    {
        if (size > Largest)
            return (null, "is larger than a megabyte");
        try
        {
            return ([.. File.ReadAllBytes(root + path)], null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private sealed record Facts(EntryKind? Kind, int Mode, (int User, int Group) Owner, long Size);

    /// <summary>statx(2): owner at byte 20, mode at 28, size at 40 of what it fills in.</summary>
    private (Facts? Facts, int Errno) About(string path, int flags)
    {
        var about = new byte[256];
        if (Look(WorkingFolder, root + path, flags, TypeModeOwnerAndSize, about) != 0)
            return (null, Marshal.GetLastPInvokeError());
        var mode = BitConverter.ToUInt16(about, 28);
        EntryKind? kind = (mode & 0xF000) switch { 0x8000 => EntryKind.File, 0xA000 => EntryKind.Link, 0x4000 => EntryKind.Folder, _ => null };
        return (new(kind, mode & 0xFFF, (BitConverter.ToInt32(about, 20), BitConverter.ToInt32(about, 24)), BitConverter.ToInt64(about, 40)), 0);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint wanted, [Out] byte[] about);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, [Out] byte[] resolved);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, int user, int group);
}
