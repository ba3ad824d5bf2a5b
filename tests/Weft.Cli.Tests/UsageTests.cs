// The words of a command line: help as it stands in specs/cli, and mistakes as one sentence with the nearest thing that is
// right.

namespace Weft.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("weft")]
    [InlineData("weft check")]
    [InlineData("weft plan")]
    [InlineData("weft apply")]
    [InlineData("weft diff")]
    [InlineData("weft show")]
    [InlineData("weft forget")]
    [InlineData("weft adopt")]
    [InlineData("weft install")]
    [InlineData("weft lab")]
    [InlineData("weft lab run")]
    [InlineData("weft lab cable")]
    [InlineData("weft lab cable pull")]
    [InlineData("weft lab cable plug")]
    [InlineData("weft flows")]
    [InlineData("weft simulate")]
    [InlineData("weft prove")]
    [InlineData("weft trace")]
    [InlineData("weft explain")]
    [InlineData("weft schema")]
    [InlineData("weft completion")]
    [InlineData("weft man")]
    [InlineData("weft version")]
    public void The_help_of_a_command_is_golden(string command)
    {
        var ran = Weft.Run([.. command.Split(' ')[1..], "--help"]);
        ran.Code.ShouldBe(0);
        ran.Errors.ShouldBe("");
        var golden = Path.Combine(Weft.Root, "specs", "cli", command.Replace(' ', '-') + ".txt");
        if (Environment.GetEnvironmentVariable("WEFT_UPDATE_GOLDEN") == "1")
            File.WriteAllText(golden, ran.Output);
        ran.Output.ShouldBe(File.ReadAllText(golden), golden);
    }

    [Fact]
    public void Every_command_of_the_help_has_a_golden_help_of_its_own()
    {
        var listed = Weft.Run("--help").Output.Split('\n').SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]).ToList();
        listed.ShouldNotBeEmpty();
        listed.Where(name => !File.Exists(Path.Combine(Weft.Root, "specs", "cli", $"weft-{name}.txt"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("weft needs a command, one of check, plan, apply, diff, show, confirm, rollback, boot, status, history, forget, adopt, install, lab, probe, trace, simulate, prove, flows, explain, schema, completion, man, version; see weft --help")]
    [InlineData("there is no command \"weft pln\"; did you mean \"plan\"?; see weft --help", "pln", "x.yaml")]
    [InlineData("there is no command \"weft frobnicate\"; see weft --help", "frobnicate")]
    [InlineData("weft has no option \"--jsn\"; did you mean \"--json\"?; see weft --help", "--jsn")]
    [InlineData("weft check needs a FILE; see weft check --help", "check")]
    [InlineData("weft plan needs a FILE; see weft plan --help", "plan", "--json")]
    [InlineData("weft check has no option \"--jsn\"; did you mean \"--json\"?; see weft check --help", "check", "--jsn", "x.yaml")]
    [InlineData("weft plan takes no further argument, and \"b.yaml\" is one; see weft plan --help", "plan", "a.yaml", "b.yaml")]
    [InlineData("weft version takes no further argument, and \"x\" is one; see weft version --help", "version", "x")]
    [InlineData("--netns needs a NAME; see weft show --help", "show", "--netns")]
    [InlineData("--from needs a FILE; see weft show --help", "show", "--from")]
    [InlineData("--from is given more than once; see weft show --help", "show", "--from", "a", "--from", "b")]
    [InlineData("--force needs a RULE; see weft apply --help", "apply", "x.yaml", "--force")]
    [InlineData("weft lab needs a command, one of run, cable; see weft lab --help", "lab")]
    [InlineData("lab run needs a command to run, after --: weft lab run host.yaml -- ip link", "lab", "run", "x.yaml")]
    [InlineData("--timeout: \"soon\" is not a time such as 60s, 5m or 1h", "lab", "run", "--timeout", "soon", "--", "true")]
    [InlineData("--memory: \"1G init=/bin/sh\" is not a size such as 512M or 1G", "lab", "run", "--memory", "1G init=/bin/sh", "--", "true")]
    [InlineData("lab run needs host files that have a name: the lab reads them again inside, and - is standard input", "lab", "run", "-", "--", "true")]
    [InlineData("weft lab run has no option \"--json\"; see weft lab run --help", "lab", "run", "--json", "--", "true")]
    [InlineData("weft lab cable needs a command, one of pull, plug; see weft lab cable --help", "lab", "cable")]
    [InlineData("weft lab cable pull needs a NIC; see weft lab cable pull --help", "lab", "cable", "pull")]
    [InlineData("there is no command \"weft lab cable pul\"; did you mean \"pull\"?; see weft lab cable --help", "lab", "cable", "pul", "eth0")]
    [InlineData("weft show takes no NAME with --json, which is always about the whole host; see weft show --help", "show", "bond0", "--json")]
    [InlineData("weft show takes no NAME with --file, which is always about the whole host; see weft show --help", "show", "bond0", "--file")]
    [InlineData("weft show takes no NAME with --from, which is always about the whole host; see weft show --help", "show", "--from", "x.yaml", "bond0")]
    [InlineData("--svg and --dot exclude each other; see weft show --help", "show", "--svg", "--dot")]
    [InlineData("--svg and --json exclude each other; see weft show --help", "show", "--svg", "--json")]
    [InlineData("--dot and --file exclude each other; see weft show --help", "show", "--dot", "--file")]
    [InlineData("--file and --json exclude each other; see weft show --help", "show", "--file", "--json")]
    [InlineData("--capacity and --svg exclude each other: a picture shows no figures; see weft show --help", "show", "--capacity", "--svg")]
    [InlineData("--capacity and --file exclude each other: a file says what is wished, not what it carries; see weft show --help", "show", "--capacity", "--file")]
    [InlineData("--capacity and --expanded exclude each other: figures are of VLANs and bridges anyway; see weft show --help", "show", "--capacity", "--expanded")]
    [InlineData("weft show takes no NAME with --json, which is always about the whole host; see weft show --help", "show", "bond0", "--capacity", "--json")]
    [InlineData("--file and --from exclude each other: one is about this host, the other about a file; see weft show --help", "show", "--file", "--from", "x.yaml")]
    [InlineData("--all and --json exclude each other: the document has every link; see weft show --help", "show", "--all", "--json")]
    [InlineData("--expanded and --svg exclude each other: a picture shows VLANs and bridges anyway; see weft show --help", "show", "--svg", "--expanded", "--from", "x.yaml")]
    [InlineData("--all and --from exclude each other without --svg or --dot: a file has every link; see weft show --help", "show", "--all", "--from", "x.yaml")]
    [InlineData("weft schema has no option \"--json\"; see weft schema --help", "schema", "--json")]
    [InlineData("weft completes words in bash, zsh, fish, not in \"csh\"; did you mean \"zsh\"?", "completion", "csh")]
    [InlineData("weft completion needs a SHELL; see weft completion --help", "completion")]
    [InlineData("weft plan has no option \"--verbose\"; see weft plan --help", "plan", "--verbose", "x.yaml")]
    [InlineData("--right-there and --user-mode exclude each other", "lab", "run", "--right-there", "--user-mode", "--", "true")]
    [InlineData("--force: there is no rule \"mtu-abov-parent\" to force; did you mean \"mtu-above-parent\"?", "apply", "x.yaml", "--force", "mtu-abov-parent")]
    [InlineData("nothing here is called \"lacp_rat\"; did you mean \"lacp_rate\"?; weft explain lists every word", "explain", "lacp_rat")]
    [InlineData("nothing here is called \"7\"; weft explain lists every word", "explain", "7", "--json")]
    [InlineData("weft explain takes no further argument, and \"miimon\" is one; see weft explain --help", "explain", "mode", "miimon")]
    [InlineData("@nothing: there is no such file", "check", "@nothing")]
    [InlineData("weft adopt --apply needs --out FILE: from then on the host file is what you change; see weft adopt --help", "adopt", "--apply")]
    [InlineData("--undo and --apply exclude each other; see weft adopt --help", "adopt", "--undo", "--apply")]
    [InlineData("--root: there is no folder \"/no-such-root\"", "install", "--root", "/no-such-root")]
    [InlineData("--force: there is no rule \"adopt-hok\" to force; did you mean \"adopt-hook\"?", "adopt", "--force", "adopt-hok")]
    public void A_mistake_is_one_sentence_and_exit_code_2(string sentence, params string[] words)
    {
        var ran = Weft.Run(words);
        ran.Errors.ShouldBe($"weft: {sentence}\n");
        ran.Output.ShouldBe("");
        ran.Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("plug")]
    public void A_cable_outside_a_lab_is_refused_in_one_sentence(string verb) =>
        Weft.Run("lab", "cable", verb, "eth0").ShouldBe(new Ran(2, "", "lab: this is not inside a lab: cables are pulled by the command that a lab runs\n"));

    [Fact]
    public void What_follows_the_double_dash_of_a_lab_is_the_commands_own() =>
        Weft.Run("lab", "run", "--timeout", "soon", "--", "weft", "show", "--json").Errors.ShouldBe("weft: --timeout: \"soon\" is not a time such as 60s, 5m or 1h\n");

    [Fact]
    public void After_a_double_dash_a_file_may_be_named_like_an_option()
    {
        var ran = Weft.Run("check", "--", "--odd.yaml");
        ran.Errors.ShouldBe("weft: --odd.yaml: there is no such file\n");
    }

    [Fact]
    public void The_version_is_one_line()
    {
        Weft.Run("version").ShouldBe(new Ran(0, "weft 0.1.0\n", ""));
        Weft.Run("version", "--json").ShouldBe(new Ran(0, "{\"version\":\"0.1.0\"}\n", ""));
    }

    [Fact]
    public void Numbers_and_words_are_the_same_in_every_locale() =>
        Weft.Start(Weft.Executable, ["version"], null, culture: "de_DE.UTF-8").Output.ShouldBe("weft 0.1.0\n");
}
