// weft prove as a person, a program and a pipeline get it: what holds, what refutes the rest, and that the command it prints shows just that.

using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Weft.Cli.Tests;

public sealed class ProveTests : IDisposable
{
    private const string Pair =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, lacp_rate: fast, xmit_hash_policy: layer3+4}}
        networks: {web: {link: bond0, vlan: 80, addresses: [10.0.0.11/24], gateway: 10.0.0.1}}
        guests: {vm1: {nics: [{network: web, addresses: [10.0.0.21/24]}]}}
        cabling: {eth0: {switch: leaf-a, vlans: [80], group: Po1, lacp: active}, eth1: {switch: leaf-b, vlans: [80], group: Po1, lacp: active}}
        switches: {leaf-a: {mlag: pair, addresses: {80: 10.0.0.1/24}}, leaf-b: {mlag: pair}}

        """;

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Expecting(string host, string line) => $"{host}expect: [{line}]\n";

    private static string Change(string host, params (string From, string To)[] changes)
    {
        foreach (var (from, to) in changes)
        {
            host.ShouldContain(from);
            host = host.Replace(from, to, StringComparison.Ordinal);
        }
        return host;
    }

    /// <summary>Set-ups that look well and are not, a mistake each.</summary>
    public static TheoryData<string, string> Refuted => new()
    {
        { "one cable", Expecting(Change(TraceTests.Host, ("ports: [eth0, eth1], mode", "ports: [eth0], mode")), "{from: vm1, to: sw1, survives: any-one}") },
        { "noticed too late", Expecting(TraceTests.Host, "{network: br0, survives: any-one, within: 50ms}") },
        { "noticed far too late", Expecting(Change(TraceTests.Host, ("miimon: 100", "miimon: 1000")), "{from: vm1, to: 10.0.0.1, survives: any-one, within: 900ms}") },
        { "no monitor", Expecting(Change(TraceTests.Host, ("miimon: 100", "miimon: 0")), "{from: kvm1, to: sw1, survives: any-one}") },
        { "two NICs only", Expecting(TraceTests.Host, "{from: vm1, to: sw1, survives: any-two}") },
        { "switches apart", Expecting(Change(TraceTests.Host, ("eth1: {switch: sw1", "eth1: {switch: sw2"), ("switches: {", "switches: {sw2: {}, ")), "{network: br0, survives: any-one}") },
        { "a VLAN on one trunk", Expecting(Change(Pair, ("802.3ad", "active-backup"), ("lacp_rate: fast, ", ""), ("vlans: [80], group: Po1, lacp: active}, eth1", "vlans: [80]}, eth1"), ("leaf-b, vlans: [80], group: Po1, lacp: active", "leaf-b, vlans: [81]")), "{network: web, survives: any-one}") },
        { "a default: no group", Change(Pair, ("vlans: [80], group: Po1, lacp: active}, eth1", "vlans: [80]}, eth1"), ("leaf-b, vlans: [80], group: Po1, lacp: active", "leaf-b, vlans: [80]")) },
        { "too large for the switch", Expecting(Change(Pair, ("eth0: {}, eth1: {}", "eth0: {mtu: 9000}, eth1: {mtu: 9000}"), ("miimon: 100", "miimon: 100, mtu: 9000"), ("vlan: 80, addr", "vlan: 80, mtu: 9000, addr"), ("leaf-a: {mlag: pair", "leaf-a: {mlag: pair, mtu: 1500")), "{network: web}") },
        { "a default: a VLAN that may be missing", Pair },
        { "a default: by addresses of IPv6", Change(Pair, ("10.0.0.11/24", "\"2001:db8::11/64\""), ("10.0.0.21/24", "\"2001:db8::21/64\""), ("gateway: 10.0.0.1", "gateway: \"2001:db8::1\""), ("10.0.0.1/24", "\"2001:db8::1/64\"")) },
        { "a default: a hash of addresses", Change(Pair, ("layer3+4", "layer2+3")) },
        { "guests apart", Expecting(Change(Pair, ("guests: {", "guests: {vm2: {nics: [{network: web, addresses: [10.0.0.22/24]}]}, "), ("lacp_rate: fast", "lacp_rate: slow")), "{from: vm2, to: leaf-a, survives: any-two}") },
    };

    [Theory]
    [MemberData(nameof(Refuted))]
    public void The_command_that_is_printed_shows_what_was_refuted(string name, string text)
    {
        var file = folder.Put("host.yaml", text);
        using var document = JsonDocument.Parse(Weft.Run("prove", file, "--json").Output);
        var refuted = document.RootElement.GetProperty("expectations").EnumerateArray().Where(one => one.GetProperty("holds").ValueKind == JsonValueKind.False).ToList();
        refuted.ShouldNotBeEmpty(name);
        foreach (var one in refuted)
            Shows(one, name);
        if (!name.StartsWith("a default: ", StringComparison.Ordinal))
            refuted[0].GetProperty("said").GetBoolean().ShouldBeTrue(name);
    }

    private static void Shows(JsonElement refuted, string name)
    {
        var counter = refuted.GetProperty("counterexample");
        var command = counter.GetProperty("command").GetString()!;
        counter.GetProperty("shown").GetBoolean().ShouldBeTrue($"{name}: {command}");
        var ran = Weft.Run([.. command.Split(' ')[1..], "--json"]);
        ran.Errors.ShouldBe("", command);
        using var document = JsonDocument.Parse(ran.Output);
        var said = document.RootElement.GetProperty("conversations").EnumerateArray().ToList();
        var isLost = document.RootElement.GetProperty("storm").GetBoolean() || said.Any(one => one.GetProperty("lost_at_end").GetInt64() > 0);
        var isSilent = counter.TryGetProperty("outage_ms", out _) && refuted.TryGetProperty("within_ms", out var within) && said.Any(one => one.GetProperty("longest_ms").GetDecimal() > within.GetDecimal());
        (isLost || isSilent).ShouldBeTrue($"{name}: {command}");
        // What it tells is what the document holds.
        document.RootElement.GetProperty("events").EnumerateArray().Select(happened => happened.GetRawText()).ShouldBe(counter.GetProperty("events").EnumerateArray().Select(happened => happened.GetRawText()), command);
    }

    [Fact]
    public void An_outage_that_no_moment_shows_is_undecided_with_both_numbers()
    {
        // When everybody has just looked, the next look is 104 ms later, and echoes 10 ms apart tell of it later still.
        var ran = Weft.Run("prove", folder.Put("host.yaml", Expecting(TraceTests.Host, "{from: vm1, to: sw1, survives: any-one, within: 105ms}")));
        ran.Code.ShouldBe(0);
        ran.Output.ShouldMatch(@"undecided  \{from: vm1, to: sw1, survives: any-one, within: 105ms\}\n.*\n +vm1 to sw1 \(10\.0\.0\.1\): silent for 1[0-9.]+ ms when everybody has just looked, for [0-9.]+ ms at least in the longest run of the whole files, and 105 ms are allowed\n");
        ran.Errors.ShouldContain("warning expectation-undecided: ");
    }

    [Fact]
    public void A_person_reads_what_holds_what_does_not_and_what_it_rests_on()
    {
        var file = folder.Put("host.yaml", Expecting(Pair, "{network: web, survives: any-one, within: 2s}, {from: vm1, to: nowhere}"));
        var ran = Weft.Run("prove", file);
        ran.Code.ShouldBe(3);
        ran.Errors.ShouldContain("error expectation-asks-nobody: {from: vm1, to: nowhere} asks nobody\n");
        ran.Errors.ShouldContain("warning guest-loses-gateway: vm1 reaches its gateway 10.0.0.1: that does not hold with VLAN 80 missing on the switch's port of eth0\n");
        ran.Output.ShouldStartWith("Expectations of the files\nproven     {network: web, survives: any-one, within: 2000ms}\n           survives both cables, both NICs, the link between switches and both switches; ");
        ran.Output.ShouldContain("\nundecided  {from: vm1, to: nowhere}\n           nobody in the files is called \"nowhere\", or has that address\n");
        ran.Output.ShouldContain("\nWhat nobody needs to say\nrefuted    vm1 reaches its gateway 10.0.0.1\n           with VLAN 80 missing on the switch's port of eth0: vm1 to leaf-a (10.0.0.1): no longer answered\n");
        ran.Output.ShouldContain("              5.000 s  eth0:vlan=80 failed: the switch's port no longer carries VLAN 80, and its link stays up\n");
        ran.Output.ShouldContain("\nWhat this rests on\n");
        ran.Output.ShouldMatch(@"\n1 proven, 2 refuted, 1 undecided; [0-9]+ questions? stands? for [0-9]+, in [0-9]+ runs?\n$");
        var quiet = Weft.Run("prove", file, "-q");
        quiet.Output.ShouldStartWith("refuted    vm1 reaches");
        quiet.Output.ShouldNotContain("proven  ");
        Weft.Run("prove", folder.Put("none.yaml", "version: 1\n")).Output.ShouldBe("Nothing is asked: no line of `expect`, no guest and no host whose gateway the files tell, by `gateway` or by an address of a switch\n0 proven, 0 refuted, 0 undecided; 0 questions stand for 0, in 0 runs\n");
    }

    [Fact]
    public void A_program_gets_the_advice_that_it_asks_for()
    {
        var file = folder.Put("host.yaml", Expecting(Change(TraceTests.Host, ("miimon: 100", "miimon: 0")), "{from: kvm1, to: sw1, survives: any-one}"));
        JsonElement Advice(params string[] words) => JsonDocument.Parse(Weft.Run(["prove", file, "--json", .. words]).Output).RootElement.GetProperty("advice");
        Advice().ValueKind.ShouldBe(JsonValueKind.Null);
        var found = Advice("--advise").EnumerateArray().First(one => one.GetProperty("text").GetString() == "{from: kvm1, to: sw1, survives: any-one}").GetProperty("found");
        found.GetProperty("moves")[0].GetString()!.ShouldContain("miimon");
        found.GetProperty("diff").GetString()!.ShouldStartWith($"--- a/");
        Advice("--no-advice").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void A_pipeline_gets_a_suite_for_each_file()
    {
        var (one, other) = (folder.Put("a.yaml", Expecting(Pair, "{from: vm1, to: nowhere}")), folder.Put("b.yaml", "host: b\n"));
        var to = Path.Combine(folder.Path, "out.xml");
        Weft.Run("prove", one, other, "--junit", to, "-q").Code.ShouldBe(3);
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new StringReader(JUnit)));
        var document = XDocument.Load(to);
        document.Validate(schemas, (_, wrong) => Assert.Fail(wrong.Message));
        document.Root!.Elements().Select(suite => ((string)suite.Attribute("name")!, (int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!, (int)suite.Attribute("skipped")!)).ShouldBe([(one, 3, 2, 1), (other, 0, 0, 0)]);
        var cases = document.Descendants("testcase").ToList();
        cases[0].Element("skipped")!.Attribute("message")!.Value.ShouldStartWith("undecided: nobody in the files");
        cases[1].Element("failure")!.Attribute("type")!.Value.ShouldBe("guest-loses-gateway");
        cases[1].Element("failure")!.Value.ShouldContain($"weft simulate {one} {other} --fail kvm1/eth0:vlan=80@5s --from vm1 --to 10.0.0.1");
    }

    [Fact]
    public void Who_is_alike_is_told_of_his_own_VLAN_and_host()
    {
        var first = Change(Pair, ("networks: {", "networks: {db: {link: bond0, vlan: 81}, "), ("guests: {", "guests: {db1: {nics: [{network: db, addresses: [10.0.1.21/24]}]}, "), ("vlans: [80], group: Po1, lacp: active}, eth1", "vlans: [80, 81], group: Po1, lacp: active}, eth1"),
            ("leaf-b, vlans: [80]", "leaf-b, vlans: [80, 81]"), ("{80: 10.0.0.1/24}", "{80: 10.0.0.1/24, 81: 10.0.1.1/24}"));
        var second = Change(first, ("kvm1", "kvm2"), ("vm1", "vm2"), ("db1", "db2"), ("Po1", "Po2"), ("0.11/24", "0.12/24"), ("0.21/24", "0.22/24"), ("1.21/24", "1.22/24"));
        var (one, other, to) = (folder.Put("a.yaml", first), folder.Put("b.yaml", second), Path.Combine(folder.Path, "out.xml"));
        Weft.Run("prove", one, other, "--junit", to, "-q").Code.ShouldBe(0);
        var said = XDocument.Load(to).Descendants("testcase").ToDictionary(one => (string)one.Attribute("name")!, one => (string?)one.Element("failure")?.Attribute("message"));
        said["db1 reaches its gateway 10.0.1.1"]!.ShouldStartWith("with VLAN 81 missing on the switch's port of kvm1/eth0: db1 to leaf-a (10.0.1.1): ");
        said["db2 reaches its gateway 10.0.1.1"]!.ShouldStartWith("with VLAN 81 missing on the switch's port of kvm2/eth0: db2 to leaf-a (10.0.1.1): ");
        said["vm2 reaches its gateway 10.0.0.1"]!.ShouldStartWith("with VLAN 80 missing on the switch's port of kvm2/eth0: vm2 to leaf-a (10.0.0.1): ");
    }

    [Theory]
    [InlineData("--faults: 1 or 2, and not 3", "--faults", "3")]
    [InlineData("--html: the name of the file is empty", "--html", "")]
    [InlineData("--junit: --html and --junit name the same file; name two", "--html", "/tmp/same", "--junit", "/tmp/same", "--faults", "1")]
    public void A_wrong_word_is_one_sentence_and_exit_code_2(string sentence, params string[] words)
    {
        var ran = Weft.Run(["prove", folder.Put("host.yaml", Pair), .. words]);
        (ran.Code, ran.Output).ShouldBe((2, ""));
        ran.Errors.ShouldContain(sentence.Contains("same file", StringComparison.Ordinal) ? "--html and --junit name the same file; name two" : sentence);
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_said_and_no_host_file_is_written_over()
    {
        var file = folder.Put("host.yaml", Pair);
        Weft.Run("prove", file, "--html", file).ShouldBe(new Ran(2, "", $"weft: --html: {file} is a host file that is proven; name another\n"));
        var ran = Weft.Run("prove", file, "--junit", "/dev/full");
        (ran.Code, ran.Output).ShouldBe((1, ""));
        ran.Errors.ShouldStartWith("weft: --junit: /dev/full: the report could not be written: No space left on device");
        Weft.Run("prove", file, "--html", Path.Combine(folder.Path, "none", "x.html")).Code.ShouldBe(1);
    }

    /// <summary>The schema that Jenkins' plugin publishes (junit-10.xsd), of what is written here.</summary>
    private const string JUnit =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="failure"><xs:complexType mixed="true"><xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>
          <xs:element name="skipped"><xs:complexType mixed="true"><xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>
          <xs:element name="testcase"><xs:complexType>
            <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element ref="skipped"/><xs:element ref="failure"/></xs:choice>
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string"/><xs:attribute name="time" type="xs:decimal"/>
          </xs:complexType></xs:element>
          <xs:element name="testsuite"><xs:complexType>
            <xs:sequence><xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/><xs:attribute name="failures" type="xs:int"/>
            <xs:attribute name="errors" type="xs:int"/><xs:attribute name="skipped" type="xs:int"/><xs:attribute name="time" type="xs:decimal"/>
          </xs:complexType></xs:element>
          <xs:element name="testsuites"><xs:complexType>
            <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute name="name" type="xs:string"/><xs:attribute name="tests" type="xs:int"/><xs:attribute name="failures" type="xs:int"/><xs:attribute name="errors" type="xs:int"/><xs:attribute name="time" type="xs:decimal"/>
          </xs:complexType></xs:element>
        </xs:schema>
        """;
}
