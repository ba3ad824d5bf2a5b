// The JSON schema against a validator that is not ours (Debian's python3-jsonschema): what the reader takes, it takes; a
// mistake in one value, it refuses.

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Model.Shapes;
using Weft.Show;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class HostSchemaTests
{
    private const string Validate =
        """
        import json, sys, yaml
        from jsonschema import Draft202012Validator as Validator
        def as_json(value):
            if isinstance(value, dict): return {str(key): as_json(item) for key, item in value.items()}
            if isinstance(value, list): return [as_json(item) for item in value]
            return value
        given = json.load(sys.stdin)
        Validator.check_schema(given["schema"])
        validator = Validator(given["schema"])
        json.dump([[error.json_path for error in validator.iter_errors(as_json(yaml.safe_load(text)))] for text in given["files"]], sys.stdout)
        """;

    [Fact]
    public void Every_file_that_reads_without_an_error_is_valid()
    {
        var files = SpecShowTests.Files.Select(row => SpecFiles.PathOf((string)row.Data)).ToList();
        files.Count.ShouldBeGreaterThan(50);
        var answers = Errors([.. files.Select(File.ReadAllText)]);
        files.Zip(answers).Where(pair => pair.Second.Length > 0).Select(pair => $"{pair.First}: {string.Join(", ", pair.Second)}").ShouldBeEmpty();
    }

    [Fact]
    public void A_mistake_in_one_value_is_refused_where_it_is()
    {
        (string Text, string Path)[] wrong =
        [
            ("nics: {eth0: {mtus: 9000}}", "$.nics.eth0"),
            ("bonds: {bond0: {ports: [], mode: 802.3ae}}", "$.bonds.bond0.mode"),
            ("bonds: {bond0: {mode: 7}}", "$.bonds.bond0.mode"),
            ("nics: {eth0: {mtu: 67}}", "$.nics.eth0.mtu"),
            ("nics: {eth0: {mtu: \"65536\"}}", "$.nics.eth0.mtu"),
            ("nics: {eth0: {up: maybe}}", "$.nics.eth0.up"),
            ("vlans: {v: {link: eth0, id: 4095}}", "$.vlans.v.id"),
            ("vlans: {v: {id: 5}}", "$.vlans.v"),
            ("vlans: {v: {link: default, id: 5}}", "$.vlans.v.link"),
            ("nics: {eth0: {addresses: [192.0.2.1]}}", "$.nics.eth0.addresses[0]"),
            ("nics: {eth0: {addresses: [192.0.2.256/24]}}", "$.nics.eth0.addresses[0]"),
            ("nics: {eth0: {addresses: [192.0.2.1/33]}}", "$.nics.eth0.addresses[0]"),
            ("nics: {eth0: {mac: \"01:00:5e:00:00:01\"}}", "$.nics.eth0.mac"),
            ("nics: {eth0: {mac: \"00:00:00:00:00:00\"}}", "$.nics.eth0.mac"),
            ("nics: {eth0: {mac: \"52:54-00:12:34:56\"}}", "$.nics.eth0.mac"),
            ("nics: {a-name-of-16-byte: {}}", "$.nics"),
            ("nics: {\"a/b\": {}}", "$.nics"),
            ("nics: {default: {}}", "$.nics"),
            ("bonds: {b: {miimon: 1h}}", "$.bonds.b.miimon"),
            ("bonds: {b: {ports: {eth0: {learning: false}}}}", "$.bonds.b.ports"),
            ("networks: {n: {link: bond0, vlan: 5-4095}}", "$.networks.n.vlan"),
            ("guests: {web: {nic: []}}", "$.guests.web"),
            ("routes: [{via: 192.0.2.1}]", "$.routes[0]"),
            ("host: größe", "$.host"),
            ("version: 2", "$.version"),
            ("interfaces: {}", "$"),
            ("[]", "$"),
        ];
        var answers = Errors([.. wrong.Select(one => one.Text)]);
        wrong.Zip(answers).Where(pair => !pair.Second.Contains(pair.First.Path)).Select(pair => $"{pair.First.Text}: {string.Join(", ", pair.Second)}").ShouldBeEmpty();
        // The reader is of the same mind.
        wrong.Where(one => !HostFile.Read("host.yaml", one.Text + "\n").HasErrors).Select(one => one.Text).ShouldBeEmpty();
    }

    [Fact]
    public void Every_key_says_what_it_is_and_defaults_are_the_kernels()
    {
        var schema = JsonNode.Parse(HostSchema.Text())!;
        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        var bond = schema["properties"]!["bonds"]!["additionalProperties"]!["properties"]!;
        bond["miimon"]!["description"]!.GetValue<string>().ShouldBe("How often the ports' carrier is polled; 0 is never. A number from 0 to 2147483647 (ms). Default 100 in 802.3ad, balance-tlb, balance-alb.");
        bond["miimon"]!["default"]!.GetValue<long>().ShouldBe(0);
        bond["mode"]!["default"]!.GetValue<string>().ShouldBe("balance-rr");
        bond["lacp_rate"]!["description"]!.GetValue<string>().ShouldEndWith("Only in 802.3ad.");
        Undescribed(schema).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 4094)]
    [InlineData(0, 255)]
    [InlineData(68, 65535)]
    [InlineData(19, 21)]
    [InlineData(99, 101)]
    [InlineData(100, 999)]
    [InlineData(7, 1234)]
    [InlineData(-12, 34)]
    [InlineData(-500, -7)]
    public void A_pattern_of_numbers_takes_its_range_and_nothing_else(int least, int most)
    {
        var pattern = new Regex($"^(?:{Pattern.Number(least, most)})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        for (var number = Math.Min(least, 0) - 200; number <= most + 12_000; number++)
            pattern.IsMatch(number.ToString(System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(number >= least && number <= most, $"{number}");
        pattern.IsMatch("05").ShouldBeFalse();
        pattern.IsMatch("").ShouldBeFalse();
    }

    private static IEnumerable<string> Undescribed(JsonNode? node)
    {
        if (node is JsonObject { } map && map["properties"] is JsonObject properties)
            foreach (var (name, value) in properties.Where(property => property.Value is not JsonObject { } key || !key.ContainsKey("description")))
                yield return name;
        foreach (var inner in node is JsonObject all ? all.Select(pair => pair.Value) : node is JsonArray list ? list : Enumerable.Empty<JsonNode?>())
            foreach (var name in Undescribed(inner))
                yield return name;
    }

    private static string[][] Errors(string[] files)
    {
        var given = new JsonObject { ["schema"] = JsonNode.Parse(HostSchema.Text()), ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file.TrimStart('\ufeff'))]) };
        var start = new ProcessStartInfo("python3", ["-c", Validate]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var python = Process.Start(start)!;
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        python.StandardInput.Write(given.ToJsonString());
        python.StandardInput.Close();
        python.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue("the validator did not end");
        python.ExitCode.ShouldBe(0, errors.GetAwaiter().GetResult());
        return JsonSerializer.Deserialize<string[][]>(output.GetAwaiter().GetResult())!;
    }
}
