// What weft prints about itself: the man page as troff takes it, the schema as JSON, and pictures as they reach a pipe.

using System.Text.Json;
using System.Xml.Linq;

namespace Weft.Cli.Tests;

public sealed class PrintedTests : IDisposable
{
    private const string Host =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        networks: {vm: {link: bond0, vlan: 5}, "many": {link: bond0, vlan: 100-199}}
        guests: {web1: {nics: [{network: vm}]}}

        """;

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_man_page_is_troff_without_a_warning()
    {
        var page = folder.Put("weft.1", Weft.Run("man").Output);
        Weft.Shell($"groff -ww -man -Tutf8 -z {page}").ShouldBe(new Ran(0, "", ""));
        Weft.Shell($"mandoc -T lint {page}").ShouldBe(new Ran(0, "", ""));
    }

    [Fact]
    public void The_man_page_has_every_command_option_and_exit_code_of_the_help()
    {
        var page = Weft.Shell($"\"$WEFT\" man | groff -man -Tascii -rLL=300n -P-cbou").Output;
        foreach (var golden in Directory.EnumerateFiles(Path.Combine(Weft.Root, "specs", "cli"), "weft*.txt"))
            foreach (var line in File.ReadLines(golden).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Trim().Contains("  ", StringComparison.Ordinal)))
            {
                // Commands are told one by one, each under its own name; lab and cable are only the way there.
                var word = line.Trim()[..line.Trim().IndexOf("  ", StringComparison.Ordinal)];
                page.ShouldContain(word);
            }
        foreach (var heading in new[] { "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES" })
            page.ShouldContain($"\n{heading}\n");
    }

    [Fact]
    public void The_schema_is_one_JSON_document()
    {
        var ran = Weft.Run("schema");
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        using var schema = JsonDocument.Parse(ran.Output);
        schema.RootElement.GetProperty("properties").GetProperty("bonds").GetProperty("description").GetString().ShouldBe("The host's bonds.");
    }

    [Fact]
    public void A_word_is_explained_as_text_and_as_one_document()
    {
        var text = Weft.Run("explain", "mode4");
        (text.Code, text.Errors).ShouldBe((0, ""));
        text.Output.ShouldStartWith("802.3ad, a bond mode\n");
        var ran = Weft.Run("explain", "priority", "--json");
        using var document = JsonDocument.Parse(ran.Output);
        document.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("of").GetString()).ShouldBe(["a bridge", "a port of a bridge"]);
    }

    [Fact]
    public void Without_a_word_explain_lists_them()
    {
        Weft.Run("explain").Output.ShouldStartWith("Subjects\n  lacp, miimon-or-arp,");
        using var document = JsonDocument.Parse(Weft.Run("explain", "--json").Output);
        document.RootElement.GetProperty("groups").GetArrayLength().ShouldBe(21);
    }

    [Fact]
    public void A_file_is_drawn_with_its_guests_and_many_networks_folded()
    {
        var ran = Weft.Run("show", "--from", folder.Put("host.yaml", Host), "--svg");
        (ran.Code, ran.Errors).ShouldBe((0, ""));
        Names(ran.Output).ShouldBe(["eth0", "eth1", "bond0", "bond0.5", "br5", "web1", "100 networks"], ignoreOrder: true);
    }

    [Fact]
    public void A_name_or_all_unfolds()
    {
        var file = folder.Put("host.yaml", Host);
        Names(Weft.Run("show", "--from", file, "--svg", "br150").Output).ShouldBe(["eth0", "eth1", "bond0", "bond0.150", "br150"], ignoreOrder: true);
        Names(Weft.Run("show", "--from", file, "--svg", "--all").Output).Count().ShouldBe(3 + 3 + 200);
    }

    [Fact]
    public void A_name_that_the_file_does_not_have_is_one_sentence()
    {
        var file = folder.Put("host.yaml", Host);
        Weft.Run("show", "--from", file, "--dot", "bond1").ShouldBe(new Ran(2, "", $"weft: there is no link \"bond1\" in {file}; did you mean \"bond0\"?\n"));
    }

    [Fact]
    public void A_file_with_errors_is_not_drawn()
    {
        var ran = Weft.Run("show", "--from", folder.Put("host.yaml", "nics: {eth0: {mtu: 5}}\n"), "--svg");
        (ran.Code, ran.Output).ShouldBe((3, ""));
        ran.Errors.ShouldContain("error mtu-out-of-range");
    }

    [Fact]
    public void A_running_host_is_drawn_with_its_state_and_what_is_foreign()
    {
        var netns = $"weft-svg-{Environment.ProcessId}";
        Weft.Shell($"ip netns add {netns} && ip -n {netns} link add br7 type bridge && ip -n {netns} link add v0 type veth peer name v1 && ip -n {netns} link set v0 master br7 up").Code.ShouldBe(0);
        try
        {
            var ran = Weft.Run("--netns", netns, "show", "--svg");
            (ran.Code, ran.Errors).ShouldBe((0, ""));
            Names(ran.Output).ShouldBe(["lo", "br7", "v0", "v1"], ignoreOrder: true);
            ran.Output.ShouldContain(">This host, as it runs</text>");
            ran.Output.ShouldContain("no carrier");
            Weft.Run("--netns", netns, "show", "--dot", "br8").ShouldBe(new Ran(2, "", "weft: there is no link \"br8\" here; did you mean \"br7\"?\n"));
        }
        finally
        {
            Weft.Shell($"ip netns del {netns}");
        }
    }

    [Fact]
    public void A_file_is_written_for_Graphviz()
    {
        var ran = Weft.Run("show", "--from", folder.Put("host.yaml", Host), "--dot");
        ran.Output.ShouldStartWith("digraph \"kvm1\" {\n");
        ran.Output.ShouldContain("label=\"100 networks\\lVLANs 100-199\\lbridges br100-br199\\l");
    }

    private static IEnumerable<string> Names(string svg) =>
        XDocument.Parse(svg).Descendants("{http://www.w3.org/2000/svg}text").Where(text => text.Attribute("class")!.Value == "name").Select(text => text.Value);
}
