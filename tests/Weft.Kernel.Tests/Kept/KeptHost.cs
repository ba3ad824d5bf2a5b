// A bare host on which somebody puts things with ip, bridge and tc, takes their link away, and Weft puts them back from what
// it observed before. The tools' own JSON, before and after, is the oracle.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Weft.Model;
using Weft.Plan;

namespace Weft.Kernel.Tests;

internal sealed class KeptHost : IDisposable
{
    /// <summary>What tells a thing from its like made again: indexes, timers, and how its carrier fares.</summary>
    private static readonly HashSet<string> Changing =
    [
        "ifindex", "link_index", "refcnt", "operstate", "LOWER_UP", "NO-CARRIER", "timer", "gc_timer", "hello_timer", "unbalanced_time", "valid_life_time", "preferred_life_time",
    ];

    private readonly BareHost host;

    public KeptHost(string name, params string[] nics)
    {
        host = new(name, nics);
        // Duplicate address detection takes its second, and routes to an address come behind it.
        Inside(kernel =>
        {
            foreach (var link in nics.Prepend("default"))
                File.WriteAllText($"/proc/sys/net/ipv6/conf/{link}/accept_dad", "0");
            return true;
        });
    }

    public T Inside<T>(Func<Apply.IKernel, T> work) => host.Inside(work);

    /// <summary>Commands, one a line, each with its program.</summary>
    public void Others(string commands)
    {
        foreach (var line in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Say(line);
    }

    public string Say(string command) => host.Tool(command.Split(' ')[0], command[(command.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    /// <summary>Waits until a port forwards: before, its bridge takes nothing that is not permanent.</summary>
    public void Forwards(string port)
    {
        for (var waited = Stopwatch.StartNew(); !Say($"bridge link show dev {port}").Contains("state forwarding", StringComparison.Ordinal);)
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), Say($"bridge -d link show dev {port}"));
    }

    /// <summary>
    /// Waits until links have their link-local addresses, and every address of theirs its local route: a link that came up has them once the kernel
    /// has told of its carrier, which it does at most once a second, and each route comes behind its address (addrconf_dad_work).
    /// </summary>
    public void SpeaksIpv6(params ImmutableArray<string> links)
    {
        foreach (var link in links)
            for (var waited = Stopwatch.StartNew(); ; waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), Say($"ip -6 address show dev {link}")))
            {
                var local = Say($"ip -6 route show table local dev {link}");
                var addresses = Say($"ip -6 -o address show dev {link}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split('/')[0]).ToList();
                if (addresses.Exists(address => address.StartsWith("fe80:", StringComparison.Ordinal)) && addresses.TrueForAll(address => local.Contains($"local {address} ", StringComparison.Ordinal)))
                    break;
            }
    }

    /// <summary>Moves a link to the namespace of the switches.</summary>
    public void Moved(string link) => host.Others($"link set {link} netns {host.SwitchNamespace}");

    public Host Observe() => Inside(kernel =>
    {
        var observation = kernel.Observe();
        observation.Refusal.ShouldBeNull();
        return observation.Host;
    });

    /// <summary>Executes steps, and what was refused, in words.</summary>
    public IReadOnlyList<string> Execute(IEnumerable<Step> steps)
    {
        Step[] all = [.. steps];
        return Inside(kernel =>
        {
            kernel.Observe();
            var answers = kernel.Execute(all);
            return all.Zip(answers).Where(pair => pair.Second is not null).Select(pair => $"{pair.First.Object}: {pair.Second}").ToList();
        });
    }

    /// <summary>Things are there, are lost, and come back: the tools say the same as before.</summary>
    public void ComesBack(string lose, Func<Kept, bool> which, params string[] questions)
    {
        var before = questions.ToDictionary(question => question, question => Facts(Say(question)));
        Kept[] kept = [.. Observe().Kept.Where(which)];
        kept.ShouldNotBeEmpty();
        kept.Where(thing => thing.Message is null).ShouldBeEmpty();
        kept.Select(thing => thing.Irreversible).ShouldAllBe(why => why == null);
        Others(lose);
        questions.Any(question => Facts(Say(question)) != before[question]).ShouldBeTrue("nothing was lost, so nothing is shown");
        Execute(kept.Select(thing => new Step.OfKept(thing))).ShouldBeEmpty();
        foreach (var question in questions)
            Assert.Equal(before[question], Facts(Say(question)));
        Execute(kept.Select(thing => new Step.OfKept(thing))).ShouldBeEmpty("what is there already is there");
        foreach (var question in questions)
            Assert.Equal(before[question], Facts(Say(question)));
    }

    public void Dispose() => host.Dispose();

    /// <summary>What a tool says, as JSON where it can, made comparable.</summary>
    public static string Facts(string said) => said.Length > 0 && said[0] is not ('[' or '{') ? string.Join('\n', said.Split('\n').Where(line => !IsFlow(line)).Order(StringComparer.Ordinal)) : FactsOf(said);

    /// <summary>fq_codel tells the flows that a frame is in just now as classes.</summary>
    private static bool IsFlow(string line) => line.StartsWith("class fq_codel ", StringComparison.Ordinal);

    private static string FactsOf(string json) => string.Join('\n', (JsonNode.Parse(json.Length == 0 ? "[]" : json) as JsonArray ?? []).Where(item => !IsLearned(item)).Select(Plain).Where(text => text != "{}").Order(StringComparer.Ordinal));

    /// <summary>A forwarding entry that the bridge learned meanwhile from what the switch said.</summary>
    private static bool IsLearned(JsonNode? item) => item is JsonObject { } entry && entry["mac"] is not null && entry["state"]?.ToString() == "" && !entry.ToJsonString().Contains("extern_learn", StringComparison.Ordinal);

    private static string Plain(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(", ", map.Where(pair => !Changing.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {Plain(pair.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Where(item => !Changing.Contains(item?.ToString() ?? "")).Select(Plain).Order(StringComparer.Ordinal))}]",
        _ => node?.ToJsonString() ?? "null",
    };
}
