// The real files as acts put them: bytes, mode and owner, symbolic links as themselves, nothing outside of the root, and
// nothing left beside.

using Weft.Linux;
using Weft.Takeover;

namespace Weft.Kernel.Tests.Takeover;

public sealed class LinuxFilesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("weft-files-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void What_is_put_is_what_is_seen_and_nothing_stays_beside()
    {
        var files = new LinuxFiles(root);
        files.Put("/etc", Entry.Folder()).ShouldBeNull();
        Entry[] entries = [new(EntryKind.File, [0xff, 0x00, 0x0a], 0x9E8, (3, 4)), Entry.LinkTo("nowhere at all"), Entry.File("text\n"), Entry.Folder()];
        foreach (var entry in entries)
        {
            files.Put("/etc/thing", entry).ShouldBeNull();
            var (there, wrong) = files.Look("/etc/thing");
            wrong.ShouldBeNull();
            entry.Matches(there).ShouldBeTrue($"{there}");
            files.List("/etc").ShouldBe(["thing"]);
            if (entry.Kind == EntryKind.File && entry.Mode == 0x9E8)
                there!.Owner.ShouldBe((3, 4));
            files.Put("/etc/thing", null).ShouldBeNull();
            files.Look("/etc/thing").ShouldBe((null, null));
        }
    }

    [Fact]
    public void A_link_is_replaced_and_not_what_it_leads_to()
    {
        var files = new LinuxFiles(root);
        files.Put("/a", Entry.File("a")).ShouldBeNull();
        files.Put("/link", Entry.LinkTo("a")).ShouldBeNull();
        files.Read("/link").Content!.Value.ShouldBe([(byte)'a']);
        files.Put("/link", Entry.File("b")).ShouldBeNull();
        File.ReadAllText(Path.Combine(root, "a")).ShouldBe("a");
    }

    [Fact]
    public void Nothing_is_read_or_written_outside_of_the_root_and_no_pipe_is_opened()
    {
        var outside = Directory.CreateTempSubdirectory("weft-outside-").FullName;
        File.WriteAllText(Path.Combine(outside, "secret"), "x");
        File.CreateSymbolicLink(Path.Combine(root, "way"), outside);
        File.CreateSymbolicLink(Path.Combine(root, "file"), Path.Combine(outside, "secret"));
        System.Diagnostics.Process.Start("mkfifo", Path.Combine(root, "pipe")).WaitForExit();
        var files = new LinuxFiles(root);
        files.Read("/way/secret").Wrong.ShouldNotBeNull().ShouldContain("leads out of");
        files.Read("/file").Wrong.ShouldNotBeNull().ShouldContain("leads out of");
        files.Put("/way/new", Entry.File("y")).ShouldNotBeNull().ShouldContain("leads out of");
        files.Put("/way/new/deeper", Entry.File("y")).ShouldNotBeNull().ShouldContain("leads out of");
        files.List("/way").ShouldBeEmpty();
        files.Read("/pipe").Wrong.ShouldBe("is no file");
        files.Look("/pipe").Wrong.ShouldNotBeNull();
        files.Put("/way", null).ShouldBeNull("the link itself is inside");
        Directory.EnumerateFileSystemEntries(outside).ShouldHaveSingleItem();
        Directory.Delete(outside, recursive: true);
    }
}
