// check, plan's and apply's way up to the kernel, and show --from: what can be seen without a kernel and without root.

using System.Text;
using System.Text.Json;

namespace Weft.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    private const string Good = "version: 1\nnics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}\n";
    private const string Bad = "version: 1\nnics: {eth0: {}}\nbridges: {br0: {ports: [eth0, eth1]}}\n";
    private const string AboveParent = "nics: {eth0: {mtu: 1500}}\nvlans: {eth0.5: {link: eth0, id: 5, mtu: 9000}}\n";

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_clean_file_is_0_and_one_line()
    {
        var path = folder.Put("host.yaml", Good);
        Weft.Run("check", path).ShouldBe(new Ran(0, $"{path}: no findings\n", ""));
        Weft.Run("check", "-q", path).ShouldBe(new Ran(0, "", ""));
    }

    [Fact]
    public void An_error_is_3_and_findings_go_to_standard_error()
    {
        var path = folder.Put("host.yaml", Bad);
        var ran = Weft.Run("check", path);
        ran.Code.ShouldBe(3);
        ran.Output.ShouldBe($"{path}: 1 error\n");
        ran.Errors.ShouldStartWith($"{path}:3:31: error dangling-name: ");
        ran.Errors.ShouldContain("   3 | bridges: {br0: {ports: [eth0, eth1]}}\n     |                               ^^^^");
        ran.Errors.ShouldContain("\n  why:  ");
        ran.Errors.ShouldContain("\n  mend: ");
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("diff")]
    public void What_check_refuses_no_other_command_goes_on_with(string command)
    {
        var ran = Weft.Run(command, folder.Put("host.yaml", Bad));
        ran.Code.ShouldBe(3);
        ran.Errors.ShouldContain("error dangling-name: ");
    }

    [Fact]
    public void Findings_of_several_files_are_all_there()
    {
        var ran = Weft.Run("check", folder.Put("a.yaml", Bad), folder.Put("b.yaml", "host: [\n"), folder.Put("c.yaml", Good));
        ran.Code.ShouldBe(3);
        ran.Errors.ShouldContain("a.yaml:3:31: error dangling-name");
        ran.Errors.ShouldContain("error yaml-syntax");
        ran.Output.ShouldContain("c.yaml: no findings");
    }

    [Fact]
    public void The_document_of_check_holds_every_finding_and_nothing_else_is_said()
    {
        var ran = Weft.Run("check", "--json", folder.Put("host.yaml", Bad));
        ran.Code.ShouldBe(3);
        ran.Errors.ShouldBe("");
        var finding = JsonDocument.Parse(ran.Output).RootElement.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
        finding.EnumerateObject().Select(property => property.Name).ShouldBe(["rule", "severity", "file", "line", "column", "what", "why", "mend"]);
        finding.GetProperty("line").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void Standard_input_is_read_for_a_dash()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Bad));
        var ran = Weft.RunWith(input, "check", "-");
        ran.Code.ShouldBe(3);
        ran.Errors.ShouldStartWith("stdin:3:31: error dangling-name: ");
    }

    [Fact]
    public void Apply_without_permission_is_refused_before_anything_is_sent()
    {
        var ran = Unprivileged("apply", folder.Put("host.yaml", Good));
        ran.ShouldBe(new Ran(1, "", "weft: apply changes links, which needs CAP_NET_ADMIN; run it as root\n"));
        var document = JsonDocument.Parse(Unprivileged("apply", "--json", folder.Put("host.yaml", Good)).Output).RootElement;
        document.GetProperty("outcome").GetString().ShouldBe("refused");
        document.GetProperty("findings")[0].GetProperty("rule").GetString().ShouldBe("not-permitted");
    }

    [Fact]
    public void A_forced_rule_is_a_warning_and_no_longer_in_the_way()
    {
        var path = folder.Put("host.yaml", AboveParent);
        Unprivileged("apply", path).Code.ShouldBe(3);
        Unprivileged("apply", path, "--force", "mtu-above-parent").Code.ShouldBe(1);
    }

    [Fact]
    public void Show_from_a_file_prints_it_back_and_its_print_is_its_own_print()
    {
        var ran = Weft.Run("show", "--from", folder.Put("host.yaml", Good));
        ran.ShouldBe(new Ran(0, "version: 1\nnics:\n  eth0: {}\nbridges:\n  br0:\n    ports: [eth0]\n", ""));
        Weft.Run("show", "--from", folder.Put("again.yaml", ran.Output)).Output.ShouldBe(ran.Output);
    }

    [Fact]
    public void Show_from_a_file_with_errors_prints_none_of_it()
    {
        var ran = Weft.Run("show", "--from", folder.Put("host.yaml", Bad));
        (ran.Code, ran.Output).ShouldBe((3, ""));
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_it_quietly()
    {
        Weft.Shell("\"$WEFT\" apply --help | head -n 1").ShouldBe(new Ran(0, "Bring this host to what the file says, read back, and undo if the kernel refuses.\n", ""));
        Weft.Shell("\"$WEFT\" apply --help | true").Errors.ShouldBe("");
    }

    [Fact]
    public void A_full_disk_is_one_sentence()
    {
        var ran = Weft.Shell("\"$WEFT\" version > /dev/full");
        ran.Code.ShouldBe(1);
        ran.Errors.ShouldStartWith("weft: the result could not be written: ");
        ran.Errors.Count(letter => letter == '\n').ShouldBe(1);
    }

    [Fact]
    public void A_pipe_gets_no_colours() => Weft.Run("check", folder.Put("host.yaml", Bad)).Output.ShouldNotContain('\u001b');

    /// <summary>Root gives the capability away first; anybody else has not got it.</summary>
    private static Ran Unprivileged(params string[] words) => Environment.IsPrivilegedProcess
        ? Weft.Start("setpriv", ["--bounding-set=-net_admin", "--inh-caps=-net_admin", Weft.Executable, .. words], null)
        : Weft.Run(words);
}
