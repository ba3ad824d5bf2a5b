// What is proven once for all that are alike is what is proven of each: random hosts, folded and whole.

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Topology;
using Weft.Twin.Proving;

namespace Weft.Twin.Tests.Proving;

public sealed class FoldingTests
{
    private const int Usual = 200, Many = 2000;

    [Fact]
    public void Folded_and_whole_files_give_the_same_answers()
    {
        var (wrong, decided) = (new ConcurrentBag<string>(), 0);
        Parallel.ForEach(Seeds.Run(Usual, Many).Select(seed => (Seed: seed, Text: Text(seed))), host =>
        {
            var (seed, text) = host;
            var (folded, whole) = (Of(text, isFolded: true), Of(text, isFolded: false));
            // Where chance decides nothing is proven, and what is refuted hangs on who else speaks.
            if (folded.Concat(whole).Any(line => line.Contains("chance", StringComparison.Ordinal)))
                return;
            Interlocked.Increment(ref decided);
            if (!folded.SequenceEqual(whole, StringComparer.Ordinal))
                wrong.Add($"seed {seed}\n{string.Join('\n', folded.Except(whole, StringComparer.Ordinal).Select(line => $"  folded {line}").Concat(whole.Except(folded, StringComparer.Ordinal).Select(line => $"  whole  {line}")))}\n{text}");
        });
        decided.ShouldBeGreaterThan(Usual / 3);
        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong.Take(5)));
    }

    [Fact]
    public void What_is_alike_is_asked_once()
    {
        var (proven, _) = Proof.Of([new("h", "/h.yaml", HostFile.Read("/h.yaml", Alike(40)).Host!)], new());
        proven!.Effort.Questions.ShouldBeGreaterThan(80);
        proven.Effort.Asked.ShouldBeLessThan(10);
    }

    /// <summary>A random host whose networks are doubled with other ids, so that some are alike, and of which something is expected.</summary>
    private static string Text(ulong seed)
    {
        var text = new StringBuilder(WiredHost.Of(seed).Text).Append("\nexpect:\n");
        foreach (var bridge in HostFile.Read("h.yaml", WiredHost.Of(seed).Text).Host!.Links.Where(link => link.Addresses.Length > 0))
            text.Append(CultureInfo.InvariantCulture, $"  - {{network: {bridge.Name}, survives: any-one{(seed % 3 == 0 ? ", within: 150ms" : "")}}}\n");
        return text.ToString();
    }

    private static List<string> Of(string text, bool isFolded)
    {
        var reading = HostFile.Read("/h.yaml", text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        var (proven, findings) = Proof.Of([new NamedHost("h", "/h.yaml", reading.Host!)], new() { IsFolded = isFolded });
        return proven is null ? [.. findings.Select(finding => finding.What)]
            : [.. proven.Verdicts.Select(verdict => $"{verdict.Expectation.Text}: {verdict.Holds} {(verdict.Counter is { } counter ? string.Join(" then ", counter.Faults) : "")} {verdict.Counter?.IsFullSize}{(verdict.IsChance ? " chance" : "")}")];
    }

    internal static string Alike(int many)
    {
        var text = new StringBuilder("version: 1\nhost: h\nnics:\n  eth0: {}\n  eth1: {}\nbonds:\n  bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, lacp_rate: fast, xmit_hash_policy: layer3+4}\nnetworks:\n");
        for (var id = 100; id < 100 + many; id++)
            text.Append(CultureInfo.InvariantCulture, $"  net{id}: {{link: bond0, vlan: {id}, bridge: br{id}}}\n");
        text.Append("guests:\n");
        for (var id = 100; id < 100 + many; id++)
            text.Append(CultureInfo.InvariantCulture, $"  a{id}: {{nics: [{{network: net{id}, addresses: [10.1.{id}.21/24]}}]}}\n  b{id}: {{nics: [{{network: net{id}, addresses: [10.1.{id}.22/24]}}]}}\n");
        text.Append(CultureInfo.InvariantCulture, $"cabling:\n  eth0: {{switch: leaf-a, vlans: [100-{99 + many}], group: Po1, lacp: active}}\n  eth1: {{switch: leaf-b, vlans: [100-{99 + many}], group: Po1, lacp: active}}\nswitches:\n  leaf-a: {{mlag: pair, addresses: {{{string.Join(", ", Enumerable.Range(100, many).Select(id => $"{id}: 10.1.{id}.1/24"))}}}}}\n  leaf-b: {{mlag: pair}}\nexpect:\n");
        for (var id = 100; id < 100 + many; id++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{network: net{id}, survives: any-one}}\n");
        return text.ToString();
    }
}
