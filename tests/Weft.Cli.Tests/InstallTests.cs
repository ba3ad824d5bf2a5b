// weft install into a folder that stands for the root: what is written is what systemd, udev and the shells take, a second
// time does nothing, and --remove takes exactly that away. The machine's own files are never touched.

using System.Text.Json;

namespace Weft.Cli.Tests;

public sealed class InstallTests : IDisposable
{
    private static readonly string[] Files =
    [
        "etc/fish/completions/weft.fish", "etc/systemd/network/98-weft.link", "etc/systemd/system/multi-user.target.wants/weft.service", "etc/systemd/system/weft.service",
        "usr/local/share/bash-completion/completions/weft", "usr/local/share/man/man1/weft.1", "usr/local/share/zsh/site-functions/_weft",
    ];

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    private Ran Install(params string[] words) => Weft.Run(["install", "--root", folder.Path, .. words]);

    private IEnumerable<string> There() => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Path, path)).Order(StringComparer.Ordinal);

    private string Text(string path) => File.ReadAllText(Path.Combine(folder.Path, path));

    [Fact]
    public void Every_file_is_told_and_written_once_and_removed_again()
    {
        var ran = Install();
        ran.Code.ShouldBe(0, ran.Errors);
        ran.Output.Split('\n').Where(line => line.StartsWith("wrote ", StringComparison.Ordinal)).Select(line => line[9..].Trim('/', ' ')).Order(StringComparer.Ordinal).ShouldBe(Files);
        There().ShouldBe(Files);
        File.ResolveLinkTarget(Path.Combine(folder.Path, Files[2]), false)!.FullName.ShouldBe(Path.Combine(folder.Path, Files[3]));
        Text(Files[3]).ShouldContain($"\nExecStart={Weft.Executable} boot\n");
        Install().Output.ShouldBe("Nothing to do: everything is as it should be.\n");
        var removed = Install("--remove");
        removed.Code.ShouldBe(0, removed.Errors);
        There().ShouldBeEmpty();
        Install("--remove").Output.ShouldBe("Nothing to do: everything is as it should be.\n");
    }

    [Fact]
    public void Systemd_takes_the_unit()
    {
        Install().Code.ShouldBe(0);
        // --man: the page is below that root too, and man does not look there.
        Weft.Start("systemd-analyze", ["verify", "--man=no", Path.Combine(folder.Path, Files[3])], null).ShouldBe(new Ran(0, "", ""));
    }

    [Fact]
    public void What_is_installed_is_what_the_commands_print()
    {
        Install().Code.ShouldBe(0);
        Text(Files[0]).ShouldBe(Weft.Run("completion", "fish").Output);
        Text(Files[4]).ShouldBe(Weft.Run("completion", "bash").Output);
        Text(Files[5]).ShouldBe(Weft.Run("man").Output);
        Text(Files[6]).ShouldBe(Weft.Run("completion", "zsh").Output);
    }

    [Fact]
    public void Somebody_elses_file_stops_it_before_anything_is_written()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "etc/systemd/network"));
        folder.Put(Files[1], "[Match]\nType=bond\n");
        var ran = Install("--json");
        ran.Code.ShouldBe(1);
        var document = JsonDocument.Parse(ran.Output).RootElement;
        document.GetProperty("outcome").GetString().ShouldBe("refused");
        document.GetProperty("findings").EnumerateArray().ShouldContain(finding => finding.GetProperty("rule").GetString() == "file-not-ours");
        There().ShouldBe([Files[1]]);
        Install("--remove").Code.ShouldBe(0);
        There().ShouldBe([Files[1]]);
    }

    [Fact]
    public void A_link_that_leads_out_of_the_root_is_not_followed()
    {
        using var outside = new Folder();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "etc"), outside.Path);
        var ran = Install();
        ran.Code.ShouldBe(1);
        ran.Errors.ShouldContain("leads out of");
        Directory.EnumerateFileSystemEntries(outside.Path).ShouldBeEmpty();
        There().ShouldBeEmpty();
    }

    [Fact]
    public void The_unit_stays_while_others_have_let_go_for_weft()
    {
        Install().Code.ShouldBe(0);
        Directory.CreateDirectory(Path.Combine(folder.Path, "var/lib/weft"));
        folder.Put("var/lib/weft/release.json", """{"version":1,"acts":[{"path":"/etc/x","of":"ifupdown","why":"","before":{"kind":"file","content":"YQ==","mode":420}}]}""");
        Remove().ShouldSatisfyAllConditions(removed => removed.Code.ShouldBe(1), removed => removed.Errors.ShouldContain("weft adopt --undo"));
        folder.Put("var/lib/weft/release.json", "nonsense");
        Remove().ShouldSatisfyAllConditions(removed => removed.Code.ShouldBe(1), removed => removed.Errors.ShouldContain("damaged or of another version"));
        There().Count().ShouldBe(Files.Length + 1);

        // As the first process of namespaces of its own, whose state is the machine's own: elsewhere it is apart for each namespace.
        Ran Remove() => Weft.Start("unshare", ["--net", "--pid", "--fork", "--mount-proc", Weft.Executable, "install", "--root", folder.Path, "--remove"], null);
    }
}
