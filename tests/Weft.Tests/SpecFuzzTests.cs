// Hostile files: whatever the bytes, reading and checking end in findings, never in an exception and never late. The seed is
// part of every failure; WEFT_SEED runs that seed again, WEFT_FUZZ says how many files.

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Weft.Capacity;
using Weft.Check;
using Weft.Show;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class SpecFuzzTests
{
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("WEFT_FUZZ") ?? "1500", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("WEFT_SEED") ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A guard against what never ends or grows with the square; no measure of speed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    /// <summary>What YAML and host files are made of, so that random texts get past the first character.</summary>
    private static readonly string[] Pieces =
    [
        "nics", "bonds", "vlans", "bridges", "routes", "guests", "cabling", "switches", "networks", "vlan", "bridge", "vlans", "network", "2-9", "eth0", "bond0", "br0", "ports", "mode", "miimon", "link", "id", "mtu", "addresses", "gateway", "to", "via", "default",
        ": ", ":", "\n", "\n  ", "\n    ", "\n- ", "- ", "{", "}", "[", "]", ", ", ",", "\"", "'", "|", ">", "&a ", "*a", "!!str ", "<<", "? ", "#", " #", "%", "---", "...", "\t", "\r", "\ufeff", "\0", "\u2028", "\ud800", "\\", "\\x", "\"\\u",
        "1500", "-1", "0x1", "192.0.2.1/24", "2001:db8::1/64", "99999999999999999999", "null", "~", "yes", "802.3ad", "é", "網", "\U0001F600",
    ];

    [Fact]
    public void Random_bytes_give_findings_and_nothing_else()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Count; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            Survives(Encoding.UTF8.GetString(bytes), i);
        }
    }

    [Fact]
    public void Random_texts_of_YAML_pieces_give_findings_and_nothing_else()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Count; i++)
            Survives(string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Pieces[random.Next(Pieces.Length)])), i);
    }

    [Fact]
    public void Specs_with_random_wounds_give_findings_and_nothing_else()
    {
        var random = new Random(Seed);
        var whole = Directory.EnumerateFiles(SpecFiles.PathOf("specs"), "host.yaml", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(SpecFiles.PathOf("examples"), "*.yaml"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(text => text.Length < 20_000).ToList();
        for (var i = 0; i < Count; i++)
        {
            var text = new StringBuilder(whole[random.Next(whole.Count)]);
            for (var wounds = random.Next(1, 6); wounds > 0 && text.Length > 0; wounds--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(4) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                    1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                    2 => text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 60), text.Length - at))),
                    _ => text.Insert(at, (char)random.Next(0x10000)),
                };
            }
            Survives(text.ToString(), i);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: &b [*b,")]
    [InlineData("\"")]
    [InlineData("'a\n")]
    [InlineData("a ")]
    [InlineData("a: |\n")]
    [InlineData("#")]
    [InlineData("\t")]
    [InlineData("!<")]
    [InlineData("{\"a\" ")]
    public void A_piece_repeated_a_hundred_thousand_times_ends_soon(string piece) => Survives(string.Concat(Enumerable.Repeat(piece, 100_000)), 0);

    [Fact]
    public void Large_files_in_which_everything_leans_on_everything_end_soon()
    {
        const int Many = 8000;
        var names = Enumerable.Range(0, Many).ToList();
        Survives("nics:\n" + string.Concat(names.Select(i => $"  nicnic{i}: {{addresses: [10.{i / 250}.{i % 250}.1/24]}}\n"))
            + "routes:\n" + string.Concat(names.Select(i => $"  - {{to: 11.{i / 250}.{i % 250}.0/24, via: 12.0.0.1}}\n")), 0);
        Survives("nics:\n" + string.Concat(names.Select(i => $"  nicnic{i}: {{}}\n")) + "bridges: {br0: {ports: [" + string.Join(", ", names.Select(i => $"micmic{i}")) + "]}}\n", 1);
        Survives("bridges:\n" + string.Concat(names.Select(i => $"  b{i}: {{ports: [b{i + 1}]}}\n")) + $"  b{Many}: {{ports: [" + string.Join(", ", names.Select(i => $"b{i}")) + "]}\n", 2);
        Survives("nics: {eth0: {}}\nnetworks:\n" + string.Concat(names.Select(i => $"  n{i}: {{link: eth0, vlan: {1 + i % 4094}-4094}}\n")), 3);
        Survives("nics:\n" + string.Concat(names.Select(i => $"  e{i}: {{}}\n")) + "networks:\n" + string.Concat(names.Select(i => $"  n{i}: {{link: e{i}, vlan: 1-4094}}\n")), 4);
        Survives("bridges: {br0: {vlan_filtering: true, ports: [eth0]}}\nnetworks:\n" + string.Concat(names.Select(i => $"  n{i}: {{link: br0, vlan: {1 + i % 4094}, addresses: [10.{i / 250}.{i % 250}.1/24]}}\n")), 5);
        // As many ways down as there are choices at each of them.
        Survives("bonds:\n" + string.Concat(names.Take(Many / 4).Select(i => $"  b{i}: {{ports: [b{i + 1}, c{i + 1}], mode: balance-alb}}\n  c{i}: {{ports: [b{i + 1}, c{i + 1}], mode: 802.3ad}}\n")), 6);
    }

    private static void Survives(string text, int number)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var reading = HostFile.Read("host.yaml", text);
            (reading.Host is not null || reading.HasErrors).ShouldBeTrue("no host and no reason");
            var findings = reading.Findings.Concat(reading.Host is { } host ? Checker.Look(host) : []).ToList();
            if (reading.Host is { } found)
                CapacityText.Of(Reckoning.Of(found), []).IsDefault.ShouldBeFalse();
            var report = Report.Text(findings, new Source("host.yaml", text));
            report.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')).ShouldBeFalse("a control character in the report");
            if (reading.Host is { } read && !reading.HasErrors)
            {
                HostFile.Read("again.yaml", HostWriter.Write(read.AsWritten)).HasErrors.ShouldBeFalse("what was printed does not read");
                HostFile.Read("expanded.yaml", HostWriter.Write(read)).HasErrors.ShouldBeFalse("what was expanded does not read");
            }
        }
        catch (Exception wrong)
        {
            throw new InvalidOperationException($"seed {Seed}, file {number}:\n{Quote.Clean(text.Length > 2000 ? text[..2000] : text)}", wrong);
        }
        clock.Elapsed.ShouldBeLessThan(Late, $"seed {Seed}, file {number}");
    }
}
