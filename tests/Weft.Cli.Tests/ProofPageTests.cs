// The page that weft prove writes: it is whole, well-formed, reaches for nothing outside itself, and nothing of a file becomes markup.

using System.Xml;
using System.Xml.Linq;

namespace Weft.Cli.Tests;

public sealed class ProofPageTests : IDisposable
{
    private static readonly string[] Reaching = ["src", "srcset", "action", "data", "poster", "background", "xlink:href", "onclick", "onload", "onerror"];

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_page_has_the_network_every_failure_and_the_counter_examples()
    {
        var page = Page(TraceTests.Host + "expect: [{network: br0, survives: any-one, within: 50ms}, {from: vm1, to: sw1, survives: any-one}]\n");
        page.Descendants("h2").Select(title => title.Value).ShouldBe(["The network", "Expectations", "What each failure does", "Counter-examples", "What this rests on"]);
        page.Descendants("dd").Take(3).Select(tile => tile.Value).ShouldBe(["1", "3", "0"]);
        Of(page, "svg").Single().Attribute("aria-label")!.Value.ShouldBe("1 switches, 1 hosts, 2 cables, 1 guests");
        Of(page, "g").Select(box => Of(box, "text").First().Value).ShouldBe(["sw1", "eth0", "eth1", "bond0"], ignoreOrder: true);
        var rows = page.Descendants("tbody").Single().Elements("tr").Where(row => (string?)row.Attribute("class") != "title").ToList();
        rows.Select(row => row.Element("th")!.Value).ShouldBe(["with nothing failing", "without the cable of eth0", "without the cable of eth1", "without the NIC eth0", "without the NIC eth1", "without the switch sw1", "with VLAN 1 missing on the switch's port of eth0", "with VLAN 1 missing on the switch's port of eth1"]);
        rows.ShouldAllBe(row => row.Elements("td").Count() == page.Descendants("thead").Single().Descendants("th").Count() - 1);
        rows.Single(row => row.Element("th")!.Value == "without the cable of eth0").Elements("td").First().Value.ShouldBe("✗ 110 ms");
        page.Descendants("article").Count().ShouldBe(3);
        page.Descendants("pre").ShouldAllBe(command => command.Value.StartsWith("weft simulate ", StringComparison.Ordinal));
        page.Descendants("a").ShouldAllBe(link => link.Attribute("href")!.Value.StartsWith('#') && page.Descendants().Any(target => (string?)target.Attribute("id") == link.Attribute("href")!.Value.Substring(1)));
    }

    [Fact]
    public void Nothing_of_a_file_becomes_markup_and_nothing_is_fetched()
    {
        const string Hostile = "</style><img src=x onerror=alert(1)>&\\\"'";
        var page = Page(TraceTests.Host + $"expect: [{{from: \"{Hostile}\", to: sw1}}]\n", "a<b>&'c.yaml");
        page.Descendants("img").ShouldBeEmpty();
        page.Descendants("script").ShouldBeEmpty();
        page.Descendants("link").ShouldBeEmpty();
        page.Descendants("style").Count().ShouldBe(1);
        page.Descendants("code").ShouldContain(code => code.Value.Contains("</style><img src=x onerror=alert(1)>", StringComparison.Ordinal));
        page.Descendants("p").ShouldContain(files => files.Value.EndsWith("a<b>&'c.yaml", StringComparison.Ordinal));
        page.Descendants().SelectMany(element => element.Attributes()).Where(attribute => Reaching.Contains(attribute.Name.LocalName) || attribute.Value.Contains("url(", StringComparison.Ordinal)).ShouldBeEmpty();
        var sheet = page.Descendants("style").Single().Value;
        sheet.ShouldNotContain("url(");
        sheet.ShouldNotContain("@import");
        sheet.ShouldContain("prefers-color-scheme: dark");
    }

    [Fact]
    public void Many_hosts_that_are_alike_are_drawn_once()
    {
        var hosts = Enumerable.Range(1, 4).Select(at => folder.Put($"h{at}.yaml",
            """
            host: h@
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [10.0.0.@/24]}}
            cabling: {eth0: {switch: sw1, native: 1}, eth1: {switch: sw1, native: 1}}
            switches: {sw1: {addresses: {1: 10.0.0.254/24}}}
            """.Replace("@", $"{at}", StringComparison.Ordinal))).ToArray();
        var to = Path.Combine(folder.Path, "page.html");
        Weft.Run(["prove", .. hosts, "--html", to, "-q"]);
        var page = Load(to);
        Of(page, "text").ShouldContain(text => text.Value.Contains("h1 and 3 alike", StringComparison.Ordinal));
        Of(page, "g").Count().ShouldBe(1 + 2 + 1);
    }

    private XElement Page(string text, string name = "host.yaml")
    {
        var to = Path.Combine(folder.Path, "page.html");
        var ran = Weft.Run("prove", folder.Put(name, text), "--html", to, "-q");
        ran.Code.ShouldBe(3, ran.Errors);
        return Load(to);
    }

    /// <summary>A page of ours is XML too, so that any reader can say whether it is whole.</summary>
    private static XElement Load(string path)
    {
        File.ReadAllText(path).ShouldStartWith("<!DOCTYPE html");
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    private static IEnumerable<XElement> Of(XElement page, string name) => page.Descendants().Where(element => element.Name.LocalName == name);
}
