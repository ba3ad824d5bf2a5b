// What a proof says of a host, and what is seen when its cables are pulled: every example and random hosts, each under each of its failures, on the kernel. What is
// proven must be answered, with frames of the full size too, and no later than the proof's bound; what is refuted for every flow must be lost. What only some flows lose, no single one can
// contradict. The usual run pulls some of the cables, WEFT_LONG=1 all of them.

using Weft.Kernel.Tests.Frames;
using Weft.RandomHosts;

namespace Weft.Kernel.Tests.Proofs;

[Trait("makes", "frames")]
public sealed class ProvenTests(ITestOutputHelper output)
{
    /// <summary>How many random hosts, and of each host how many failures.</summary>
    private const int Usual = 2, Many = 40, UsualFailures = 2, ManyFailures = 100;

    /// <summary>Of so many hosts at most one is one of which chance leaves nothing to prove.</summary>
    private const int OfWhichDecided = 4;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WEFT_LONG") == "1";

    /// <summary>How many of them share a lab.</summary>
    private const int AtOnce = 30;

    /// <summary>What a time may be longer by: the pace of the echoes, and the commands that break something on a machine that does all of it with one processor, in seconds.</summary>
    private const double Slack = 0.15;

    /// <summary>How often what differs is measured.</summary>
    private const int MostMeasured = 3;

    [Fact]
    public void Nothing_that_is_proven_of_an_example_is_contradicted() =>
        Compare(Directory.EnumerateFiles(Path.Combine(LabRun.Root, "examples"), "*.yaml").Order(StringComparer.Ordinal).Select(path => new Foretold(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))));

    [Fact]
    public void Nothing_that_is_proven_of_a_random_host_is_contradicted()
    {
        var seeds = Seeds.Run(Usual, Many).ToList();
        var hosts = seeds.Concat(seeds.SelectMany(seed => Enumerable.Range(1, OfWhichDecided - 1).Select(more => seed + ((ulong)more * Many)))).Select(seed => new Foretold($"seed {seed}", WiredHost.Of(seed).Text));
        Compare(hosts.Where(host => host.IsDecided).Take(seeds.Count));
    }

    private void Compare(IEnumerable<Foretold> hosts)
    {
        var (wrong, compared, all) = (new List<string>(), 0, new List<Failing>());
        foreach (var host in hosts)
        {
            all.AddRange(host.Failing(all.Count, IsLong ? ManyFailures : UsualFailures, IsLong));
            output.WriteLine(host.Extent);
        }
        foreach (var some in all.Chunk(AtOnce))
        {
            var left = some.ToDictionary(one => one.Copy);
            for (var measured = 1; left.Count > 0; measured++)
            {
                var kernel = OnKernel.Run([.. left.Keys], copy => left[copy].Sizes(), output);
                var found = left.Values.ToDictionary(one => one, one => Contradicted(one, kernel[one.Copy]));
                compared += measured == 1 ? found.Values.Sum(one => one.Compared) : 0;
                left = left.Values.Where(one => found[one].Wrong.Count > 0).ToDictionary(one => one.Copy);
                foreach (var sentence in left.Values.SelectMany(one => found[one].Wrong.Select(sentence => $"{one.Copy.Name}, {one.Copy.Broken!.Word}: {sentence}")))
                {
                    output.WriteLine($"measured {measured} times: {sentence}");
                    if (measured == MostMeasured)
                        wrong.Add(sentence);
                }
                if (measured == MostMeasured)
                    break;
            }
        }
        output.WriteLine($"{compared} answers of {all.Count} failures compared");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        compared.ShouldBeGreaterThan(all.Count);
    }

    private static (List<string> Wrong, int Compared) Contradicted(Failing failing, Seen seen)
    {
        var (wrong, compared) = (new List<string>(), 0);
        void Compare(bool isSo, Func<string> otherwise)
        {
            compared++;
            if (!isSo)
                wrong.Add(otherwise());
        }

        foreach (var question in failing.Copy.Questions.All)
        {
            var (small, large) = (seen.Answers[$"{question}"], seen.LargeAnswers[$"{question}"]);
            if (failing.Before(question) is not { } before)
                continue;
            if (before.Holds)
                Compare(IsAll(small) && IsAll(large), () => $"{question}: proven, and on the kernel {small} of its echoes are answered, and {large} of the full size");
            else if (failing.Flows(question, isAfter: false).ToList() is var flows && flows.TrueForAll(flow => !flow.IsFullAnswered))
                Compare(flows.Exists(flow => flow.IsAnswered) ? !IsAll(large) : !IsAll(small), () => $"{question}: refuted for every flow, and on the kernel {small} of its echoes are answered, and {large} of the full size");
        }
        foreach (var question in failing.Copy.Questions.Watched(seen))
        {
            // What some flow loses with nothing failing says nothing of a failure.
            if (failing.Before(question) is not { Holds: true } || failing.After(question) is not { } after)
                continue;
            var (silence, large) = (seen.Silences[$"{question}, {Seen.AfterBreak}"], seen.LargeAfterwards[$"{question}"]);
            if (after.Holds)
            {
                // Nobody looked for as long as that.
                if (after.Bound + 1 > silence.Window)
                    continue;
                // The last echo may come when nobody looks any more: a silence that has no end and is short is none.
                Compare(silence.Seconds <= after.Bound + silence.Pace + Slack + seen.Late, () => FormattableString.Invariant($"{question}: proven to be answered within {after.Bound:0.000} s, and on the kernel it {silence}"));
                Compare(IsAll(large), () => $"{question}: proven, and on the kernel {large} of its echoes of the full size are answered");
            }
            else if (failing.Flows(question, isAfter: true).ToList() is var flows && flows.TrueForAll(flow => !flow.IsFullAnswered) && flows.TrueForAll(flow => flow.IsAnswered == flows[0].IsAnswered))
                Compare(flows[0].IsAnswered ? !IsAll(large) : silence.Again is null && silence.Seconds > silence.Pace + Slack + seen.Late, () => $"{question}: refuted for every flow, and on the kernel it {silence}, and {large} of its echoes of the full size are answered");
        }
        return (wrong, compared);
    }

    private static bool IsAll(string answers) => answers.StartsWith(Seen.All, StringComparison.Ordinal);
}
