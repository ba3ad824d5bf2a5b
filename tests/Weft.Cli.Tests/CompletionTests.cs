// Completion as it is used: the script that weft prints, sourced by the shell it is for, in a folder of its own. In a network
// namespace of the test's own there are links to complete, one of which would do harm if a shell ever expanded it.

namespace Weft.Cli.Tests;

public sealed class CompletionTests : IDisposable
{
    /// <summary>Asks bash what the line would be completed to, a candidate a line.</summary>
    private const string Bash =
        """
        cd "$FOLDER" || exit 9
        PATH=$BIN:$PATH
        source <(weft completion bash)
        COMP_WORDS=(TYPED) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _weft weft "${COMP_WORDS[COMP_CWORD]}" ''
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    private readonly Folder folder = new();

    public CompletionTests()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "bin"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "bin", "weft"), Weft.Executable);
        Directory.CreateDirectory(Path.Combine(folder.Path, "files", "sub"));
        folder.Put("files/host one.yaml", "version: 1\n");
        folder.Put("files/other.yaml", "version: 1\n");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("weft", "sch", "schema")]
    [InlineData("weft show", "--s", "--svg")]
    [InlineData("weft show", "--cap", "--capacity")]
    [InlineData("weft show --capacity --from", "ho", "host one.yaml")]
    [InlineData("weft explain", "aggr", "aggregation")]
    [InlineData("weft lab", "", "cable,run")]
    [InlineData("weft lab cable", "pl", "plug")]
    [InlineData("weft completion", "", "bash,fish,zsh")]
    [InlineData("weft explain", "lacp", "lacp,lacp-both-passive,lacp-over-vlan,lacp-speeds-differ,lacp-system-twice,lacp-without-partner,lacp_active,lacp_fallback_ab,lacp_rate,lacp_strict")]
    [InlineData("weft explain", "balance-", "balance-alb,balance-rr,balance-tlb,balance-xor")]
    [InlineData("weft explain mode", "", "")]
    [InlineData("weft apply x.yaml --force", "mtu-ab", "mtu-above-parent,mtu-above-switch")]
    [InlineData("weft --json", "vers", "version")]
    [InlineData("weft show --netns", "weft-no-such", "")]
    [InlineData("weft version", "", "")]
    [InlineData("weft check", "ot", "other.yaml")]
    [InlineData("weft show --from", "ho", "host one.yaml")]
    [InlineData("weft flows x.yaml --pcap", "ot", "other.yaml")]
    [InlineData("weft flows x.yaml --kernel", "", "4.18,5.15,6.1,rhel8")]
    [InlineData("weft lab run --share", "", "sub")]
    public void Bash_completes(string words, string last, string expected) =>
        InBash($"{words} '{last}'").Where(word => word.Length > 0).Order(StringComparer.Ordinal).ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Options_of_the_command_are_offered_once_and_not_those_that_were_given()
    {
        var offered = InBash("weft show --svg '--'");
        offered.ShouldContain("--dot");
        offered.ShouldContain("--netns");
        offered.ShouldNotContain("--svg");
        offered.ShouldNotContain("--force");
        offered.ShouldBeUnique();
        InBash("weft lab run '--'").ShouldNotContain("--json");
    }

    [Fact]
    public void A_link_is_completed_and_a_hostile_name_is_quoted_and_never_run()
    {
        var netns = $"weft-cli-{Environment.ProcessId}";
        Shell($"ip netns add {netns} && ip -n {netns} link add br7 type bridge && ip -n {netns} link add 'a$(id>x)' type bridge").Code.ShouldBe(0);
        try
        {
            var offered = InBash($"weft --netns {netns} show ''");
            offered.ShouldBe(["a\\$\\(id\\>x\\)", "br7", "lo"]);
            InBash($"weft --netns {netns} show 'br'").ShouldBe(["br7"]);
            InBash($"weft show --netns = {netns} 'br'").ShouldBe(["br7"], "as bash cuts --netns=NAME");
            InBash($"weft show --netns '{netns[..^1]}'").ShouldContain(netns);
            Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "files"), "x").ShouldBeEmpty();
        }
        finally
        {
            Shell($"ip netns del {netns}");
        }
    }

    [Fact]
    public void Zsh_takes_the_script_and_gets_candidates_from_it()
    {
        // compadd works only inside a completion, so a function of its name stands in for it and prints what it is given.
        var ran = Start("zsh", "-fc", """
            cd "$FOLDER"; PATH=$BIN:$PATH
            compdef() { : } ; compadd() { [[ $1 = -a ]] && print -l -- ${(P)2} }
            source <(weft completion zsh) && words=(weft show --s) CURRENT=3 && _weft
            """);
        ran.ShouldBe(new Ran(0, "--svg\n", ""));
    }

    [Fact]
    public void Fish_takes_the_script_and_completes_with_it()
    {
        var ran = Start("fish", "--no-config", "-c", "cd $FOLDER; set -x PATH $BIN $PATH; weft completion fish | source; complete -C 'weft show --s'; complete -C 'weft check oth'");
        ran.Errors.ShouldBe("");
        ran.Output.ShouldBe("--svg\nother.yaml\n");
    }

    private string[] InBash(string words)
    {
        var ran = Start("bash", "--norc", "-c", Bash.Replace("TYPED", words, StringComparison.Ordinal));
        ran.Errors.ShouldBe("");
        return ran.Output.TrimEnd('\n').Split('\n');
    }

    private Ran Shell(string script) => Start("sh", "-c", script);

    private Ran Start(string program, params string[] words) =>
        Weft.Start("/usr/bin/env", [$"FOLDER={Path.Combine(folder.Path, "files")}", $"BIN={Path.Combine(folder.Path, "bin")}", $"HOME={folder.Path}", "LC_ALL=C.UTF-8", program, .. words], null);
}
