// Notes, other names and queue lengths on a kernel, of links of every kind: said when the link is made, changed while it is up,
// taken out of the file; what others gave a link stays, and what a file changed comes back with an undo.

using System.Text.Json;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class MarkTests
{
    private const string Nothing = "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0]}}\nvlans: {v: {link: bond0, id: 5}}\nbridges: {br0: {ports: [v]}}";

    private static readonly string[] Links = ["eth0", "bond0", "v", "br0"];

    private static string File(string marks, int id = 5) =>
        $"nics: {{eth0: {{{Of("eth0")}}}, eth1: {{}}}}\nbonds: {{bond0: {{ports: [eth0], {Of("bond0")}}}}}\nvlans: {{v: {{link: bond0, id: {id}, {Of("v")}}}}}\nbridges: {{br0: {{ports: [v], {Of("br0")}}}}}"
            .Replace("%", marks, StringComparison.Ordinal);

    private static string Of(string link) => $"altnames: [one-%-{link}, two-{link}], alias: \"% of {link}\", txqueuelen: 7%";

    [Fact]
    public void Marks_of_links_of_every_kind_are_said_changed_and_taken_back()
    {
        using var host = new BareHost("marks", "eth0", "eth1");
        host.Apply(File("1"));
        foreach (var link in Links)
            Told(host, link).ShouldBe($"{link}: one-1-{link},two-{link} | 1 of {link} | 71");
        host.Others(string.Join('\n', Links.Select(link => $"link property add dev {link} altname somebodys-{link}")));
        host.Plan(File("1")).IsEmpty.ShouldBeTrue();

        // The VLAN is made anew; its marks come again, others' name among them.
        host.Apply(File("2", id: 6));
        foreach (var link in Links)
            Told(host, link).ShouldBe($"{link}: one-2-{link},somebodys-{link},two-{link} | 2 of {link} | 72");

        host.Undone(File("3", id: 7));
        foreach (var link in Links)
            Told(host, link).ShouldBe($"{link}: one-2-{link},somebodys-{link},two-{link} | 2 of {link} | 72");

        host.Apply(Nothing.Replace("id: 5", "id: 6", StringComparison.Ordinal));
        foreach (var link in Links)
            Told(host, link).ShouldBe($"{link}: somebodys-{link} |  | 1000");
    }

    [Fact]
    public void What_a_NIC_had_of_others_comes_back_and_the_longest_of_everything_is_taken()
    {
        var (note, name) = ($"\u00e4{new string('n', 253)}", new string('x', 127));
        using var host = new BareHost("marks-longest", "eth0", "eth1");
        host.Others("link set eth0 alias theirs txqueuelen 123");
        host.Apply($"nics: {{eth0: {{alias: {note}, altnames: [{name}], txqueuelen: 9}}}}");
        Told(host, "eth0").ShouldBe($"eth0: {name} | {note} | 9");
        host.Apply("nics: {eth0: {}}");
        Told(host, "eth0").ShouldBe("eth0:  | theirs | 123");
        host.Apply($"nics: {{eth0: {{alias: mine, altnames: [a-name]}}, eth1: {{}}}}");
        host.Apply("nics: {eth1: {altnames: [a-name]}}");
        Told(host, "eth0").ShouldBe("eth0:  | theirs | 123");
        Told(host, "eth1").ShouldBe("eth1: a-name |  | 1000");
    }

    [Fact]
    public void A_name_that_another_link_answers_to_is_a_finding_before_anything_is_sent()
    {
        using var host = new BareHost("marks-taken", "eth0", "eth1");
        host.Others("link property add dev eth1 altname uplink");
        var outcome = host.Try("nics: {eth0: {altnames: [uplink]}}");
        outcome.Ending.ShouldBe(Weft.Apply.Ending.Refused);
        outcome.Findings.ShouldContain(finding => finding.Rule == "altname-taken" && finding.Place.Line == 1 && finding.What.Contains("eth1", StringComparison.Ordinal));
    }

    private static string Told(BareHost host, string link)
    {
        var told = JsonDocument.Parse(host.Say($"-d -j link show {link}")).RootElement[0];
        IEnumerable<string> names = told.TryGetProperty("altnames", out var all) ? all.EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal) : [];
        return $"{link}: {string.Join(',', names)} | {(told.TryGetProperty("ifalias", out var alias) ? alias.GetString() : "")} | {(told.TryGetProperty("txqlen", out var queue) ? queue.GetInt32() : -1)}";
    }
}
