// Every case under specs/show: a host file, and the same host as Weft prints it. What is printed is read again as the same,
// byte for byte; and a YAML 1.1 reader that is not ours finds the values that went in.

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class SpecShowTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("show")];

    /// <summary>Every host file of the tree that reads without an error.</summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(SpecFiles.PathOf("specs"), "host.yaml", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(SpecFiles.PathOf("examples"), "*.yaml"))
            .Select(path => Path.GetRelativePath(SpecFiles.Root, path)).Where(path => !HostFile.Read(path, File.ReadAllText(SpecFiles.PathOf(path))).HasErrors).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_host_prints_as_its_case_says(string name)
    {
        var folder = SpecFiles.PathOf("specs", "show", name);
        var host = Read(Path.Combine("specs", "show", name, "host.yaml"));
        SpecFiles.ShouldBeGolden(Path.Combine(folder, "show.yaml"), HostWriter.Write(host.AsWritten));
        if (host.Networks.Any())
            SpecFiles.ShouldBeGolden(Path.Combine(folder, "expanded.yaml"), HostWriter.Write(host));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Expanded_a_file_reads_as_the_same_host_and_has_no_networks(string path)
    {
        var host = Read(path);
        var printed = HostWriter.Write(host);
        var again = HostFile.Read("expanded.yaml", printed).Host.ShouldNotBeNull(printed);
        again.Networks.ShouldBeEmpty();
        again.Links.Select(link => link with { Unread = [] }).ShouldBe(host.Links.Select(link => link with { Unread = [] }), new SameText());
        HostWriter.Write(again).ShouldBe(printed);
        HostWriter.Write(Networks.Expand(host).Host).ShouldBe(printed);
    }

    /// <summary>Two links that print alike, VLAN tables among it.</summary>
    private sealed class SameText : IEqualityComparer<Link>
    {
        public bool Equals(Link? one, Link? other) => Text(one!) == Text(other!);
        public int GetHashCode(Link link) => 0;
        private static string Text(Link link) => HostWriter.Write(new Host { Links = [link] }) + link.Vlans + string.Concat(link.Ports.Select(port => $" {port.Name}: {port.Vlans}"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_printed_reads_and_prints_the_same(string path)
    {
        var printed = HostWriter.Write(Read(path).AsWritten);
        var again = HostFile.Read("show.yaml", printed);
        Report.Text(again.Findings.Where(finding => finding.Severity != Severity.Advice), new Source("show.yaml", printed)).ShouldBeEmpty();
        HostWriter.Write(again.Host!.AsWritten).ShouldBe(printed);
        printed.ShouldNotContain("\t");
        printed.ShouldEndWith("\n");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_YAML_1_1_reader_finds_the_same_values_in_what_was_printed(string path)
    {
        var host = Read(path).AsWritten;
        var theirs = Python(HostWriter.Write(host));
        theirs.ToJsonString().ShouldBe(Ours(path, host).ToJsonString());
    }

    private static Host Read(string path) => HostFile.Read(path, File.ReadAllText(SpecFiles.PathOf(path))).Host.ShouldNotBeNull();

    /// <summary>
    /// The values of the file as they were read, by a way of its own: the node types that a reader must find, in the writer's
    /// order. Nothing of the writer is used save the order of its keys, which no YAML reader heeds: maps are sorted on both sides.
    /// </summary>
    private static JsonObject Ours(string path, Host host)
    {
        var map = host.Rest.ToDictionary(field => field.Name.Value, field => field.Value.Value, StringComparer.Ordinal);
        var json = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in map)
            json["s:" + name] = Tree(value, name);
        foreach (var section in host.Links.GroupBy(link => link.Kind.Section!))
            json["s:" + section.Key] = Object(section.Select(link => ("s:" + link.Name.Value, (JsonNode?)LinkTree(link))));
        if (!host.Routes.IsEmpty)
            json["s:routes"] = RoutesAsWritten(path);
        if (!host.Rules.IsEmpty)
            json["s:rules"] = new JsonArray([.. host.Rules.Select(rule => Object(new (string, JsonNode?)[]
            {
                ("s:from", (rule.From ?? (rule is { Is6: true, To: null } ? IpPrefix.Everything(true) : null)) is { } from ? "s:" + from : null),
                ("s:to", rule.To is { } to ? "s:" + to : null),
                ("s:iif", rule.Iif is { } iif ? "s:" + iif : null),
                ("s:oif", rule.Oif is { } oif ? "s:" + oif : null),
                ("s:fwmark", rule.Mark is { } mark ? "i:" + mark : null),
                ("s:table", "i:" + rule.Table),
                ("s:priority", rule.Priority is { } priority ? "i:" + priority : null),
            }.Where(pair => pair.Item2 is not null)))]);
        return Object(json.Select(pair => (pair.Key, pair.Value)));
    }

    private static JsonObject LinkTree(Link link)
    {
        var entries = link.Rest.Select(field => ("s:" + field.Name, Tree(field.Value.Value, field.Name.Value)))
            .Concat(link.Settings.Select(pair => ("s:" + pair.Key.Name, Tree(pair.Value.Value, pair.Key.Name)))).ToList();
        if (!link.Addresses.IsEmpty)
            entries.Add(("s:addresses", new JsonArray([.. link.Addresses.Select<At<IpPrefix>, JsonNode?>(address => link.LifetimeOf(address.Value) is var lasting && lasting == Lifetime.Forever ? JsonValue.Create("s:" + address)
                : Object([("s:address", "s:" + address), ("s:preferred_lft", lasting.Preferred is { } preferred ? "i:" + preferred : "s:forever"), ("s:valid_lft", lasting.Valid is { } valid ? "i:" + valid : "s:forever")]))])));
        if (!link.Gateways.IsEmpty)
            entries.Add(("s:gateway", link.Gateways.Length == 1 ? "s:" + link.Gateways[0] : new JsonArray([.. link.Gateways.Select(gateway => JsonValue.Create("s:" + gateway))])));
        if (!link.Ports.IsEmpty)
            entries.Add(("s:ports", link.Ports.All(port => port.Settings.Count + port.Rest.Count == 0)
                ? new JsonArray([.. link.Ports.Select(port => JsonValue.Create("s:" + port.Name))])
                : Object(link.Ports.Select(port => ("s:" + port.Name, (JsonNode?)Object(port.Settings.Select(pair => ("s:" + pair.Key.Name, Tree(pair.Value.Value, pair.Key.Name)))
                    .Concat(port.Rest.Select(field => ("s:" + field.Name, Tree(field.Value.Value, field.Name.Value))))))))));
        return Object(entries);
    }

    /// <summary>The routes section of the file itself, as the YAML 1.1 reader sees it: `onlink: false` and the main table apart, it is printed as it was written.</summary>
    private static JsonArray RoutesAsWritten(string path)
    {
        var written = HostFile.Read(path, File.ReadAllText(SpecFiles.PathOf(path))).Host!.Routes;
        return new JsonArray([.. written.Select(route => Object(new (string, JsonNode?)[]
        {
            ("s:to", "s:" + (route.To.Value.IsEverything && (route.Ways.Any(way => way.Via is not null) || !route.To.Value.Is6) ? "default" : route.To.ToString())),
            ("s:via", route.Via is { } via ? "s:" + via : null),
            ("s:link", route.Link is { } link ? "s:" + link : null),
            ("s:nexthops", route.Nexthops.IsEmpty ? null : new JsonArray([.. route.Nexthops.Select(hop => Object(new (string, JsonNode?)[]
            {
                ("s:via", hop.Via is { } next ? "s:" + next : null), ("s:link", hop.Link is { } over ? "s:" + over : null), ("s:weight", hop.Weight == 1 ? null : "i:" + hop.Weight), ("s:onlink", hop.OnLink ? "b:true" : null),
            }.Where(pair => pair.Item2 is not null)))])),
            ("s:metric", route.Metric is { } metric ? "i:" + metric : null),
            ("s:table", route.Table != 254 || route.IsTableSaid == true ? "i:" + route.Table : null),
            ("s:scope", route.Scope is { } scope ? "s:" + scope : null),
            ("s:src", route.Source is { } source ? "s:" + source : null),
            ("s:onlink", route.OnLink ? "b:true" : null),
            ("s:mtu", route.Mtu is { } mtu ? "i:" + mtu : null),
        }.Where(pair => pair.Item2 is not null)))]);
    }

    private static JsonNode? Tree(Value value, string key) => value switch
    {
        Value.Flag flag => "b:" + flag,
        Value.Number number => "i:" + number,
        Value.Word word => "s:" + word.Text,
        // Keys that take one item or a list print one item bare.
        Value.List { Items: [var only] } when key is "gateway" or "vlans" or "dns" or "arp_ip_target" or "targets" or "select_src_port" or "select_dst_port" or "select_vlan" or "" && only.Value is Value.Word or Value.Number => Tree(only.Value, key),
        Value.List list => new JsonArray([.. list.Items.Select(item => Tree(item.Value, key == "links" ? "pair" : "item"))]),
        // Switches' addresses have numbers for keys, each with one address or a list.
        Value.Map map when key == "addresses" => Object(map.Fields.Select(field => ("i:" + field.Name, Tree(field.Value.Value, "")))),
        Value.Map map => Object(map.Fields.Select(field => ("s:" + field.Name, Tree(field.Value.Value, field.Name.Value)))),
        _ => throw new InvalidOperationException(value.ToString()),
    };

    private static JsonObject Object(IEnumerable<(string Name, JsonNode? Value)> entries) =>
        new(entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));

    /// <summary>PyYAML, Debian's python3-yaml: YAML 1.1. The test fails where it is missing.</summary>
    private static JsonNode Python(string yaml)
    {
        const string Script = """
            import sys, json, yaml
            def tag(v):
                if isinstance(v, bool): return 'b:true' if v else 'b:false'
                if isinstance(v, int): return 'i:%d' % v
                if isinstance(v, str): return 's:' + v
                if isinstance(v, list): return [tag(i) for i in v]
                if isinstance(v, dict): return {tag(k): tag(i) for k, i in sorted(v.items(), key=lambda e: tag(e[0]))}
                return '%s:%s' % (type(v).__name__, v)
            print(json.dumps(tag(yaml.safe_load(sys.stdin.buffer.read().decode('utf-8')))))
            """;
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false }).ShouldNotBeNull();
        using (var input = new StreamWriter(python.StandardInput.BaseStream, new System.Text.UTF8Encoding(false)))
            input.Write(yaml);
        var output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        python.WaitForExit(TimeSpan.FromSeconds(30)).ShouldBeTrue("python3 took longer than 30 s");
        python.ExitCode.ShouldBe(0, errors.Result);
        return JsonNode.Parse(output.Result)!;
    }
}
