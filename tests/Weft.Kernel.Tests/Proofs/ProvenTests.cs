// What a proof says of a host, and what is seen when its cables are pulled: every example and random hosts, each under each of its failures, on the kernel. What is
// proven must be answered, and no later than the proof's bound; what is refuted for every flow must be lost. What only some flows lose, no single one can
// contradict.

using Weft.Kernel.Tests.Frames;
using Weft.RandomHosts;
using Weft.Twin;
using Weft.Twin.Proving;
using Asked = Weft.Twin.Proving.Question;
using Case = Weft.Twin.Proving.Case;
using Fault = Weft.Twin.Proving.Fault;
using Failing = Weft.Twin.Proving.Faults;

namespace Weft.Kernel.Tests.Proofs;

[Trait("makes", "frames")]
public sealed class ProvenTests(ITestOutputHelper output)
{
    private const int Usual = 1, Many = 40;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WEFT_LONG") == "1";

    /// <summary>How many of them share a lab.</summary>
    private const int AtOnce = 30;

    /// <summary>What a time may be longer by: the pace of the echoes, and the commands that break something on a machine that does all of it with one processor, in seconds.</summary>
    private const double Slack = 0.15;

    /// <summary>How often what differs is measured.</summary>
    private const int MostMeasured = 3;

    /// <summary>The lab's kernel.</summary>
    private static readonly KernelVersion Kernel = KernelVersion.Linux61 with { Hz = 100 };

    [Fact]
    public void Nothing_that_is_proven_of_an_example_is_contradicted() =>
        Compare([.. Directory.EnumerateFiles(Path.Combine(LabRun.Root, "examples"), "*.yaml").Order(StringComparer.Ordinal).Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))]);

    [Fact]
    public void Nothing_that_is_proven_of_a_random_host_is_contradicted() => Compare([.. Seeds.Run(Usual, Many).Select(seed => ($"seed {seed}", WiredHost.Of(seed).Text))]);

    private void Compare(IReadOnlyList<(string Name, string Text)> hosts)
    {
        Assert.SkipUnless(IsLong, "pulling every cable of every host takes minutes: WEFT_LONG=1");
        var (wrong, compared, number) = (new List<string>(), 0, 0);
        output.WriteLine($"seeds from {Seeds.First}");
        var open = (from host in hosts
                    from word in Words(host.Text)
                    select new FrameCase(host.Name, number++, host.Text, new(word, 1, null))).ToList();
        foreach (var some in open.Chunk(AtOnce))
        {
            var left = some.ToList();
            for (var measured = 1; left.Count > 0; measured++)
            {
                var kernel = OnKernel.Run(left, @case => OnTwin.Run(@case, 1).Sizes, output);
                var found = left.ToDictionary(@case => @case, @case => Contradicted(@case, kernel[@case]));
                compared += measured == 1 ? found.Values.Sum(one => one.Compared) : 0;
                left = [.. left.Where(@case => found[@case].Wrong.Count > 0)];
                if (measured < MostMeasured)
                    continue;
                wrong.AddRange(left.SelectMany(@case => found[@case].Wrong.Select(sentence => $"{@case.Name}, {@case.Broken!.Word}: {sentence}")));
                break;
            }
        }
        output.WriteLine($"{compared} answers of {open.Count} failures compared");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        compared.ShouldBeGreaterThan(open.Count / 2);
    }

    /// <summary>Everything that may fail on a host, once for what does the same. A lab's pair is one bridge, and has no peer link to be pulled.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var plain = new FrameCase("plain", 0, text, null);
        var names = plain.Layout.Boxes.SelectMany(box => box.Members).ToDictionary(name => name, name => name[..^2], StringComparer.Ordinal);
        return Failing.Of(plain.Layout, [.. Ends.Of(plain.Layout).SelectMany(end => end.Vlans).Distinct().Order()]).Where(fault => fault.Words.Count == 1)
            .Select(fault => fault.Words.Single()).Where(word => !plain.Layout.Boxes.Exists(box => word.Split('/') is [var one, var other] && box.Members.Contains(one) && box.Members.Contains(other)))
            .Select(word => string.Join('/', word.Split('/').Select(name => names.GetValueOrDefault(name, name)))).Distinct(StringComparer.Ordinal);
    }

    private static (List<string> Wrong, int Compared) Contradicted(FrameCase @case, Seen seen)
    {
        var (wrong, compared) = (new List<string>(), 0);
        var watched = @case.Questions.Watched(seen).Where(question => question.Over is null).ToList();
        var asked = watched.ConvertAll(question => new Asked(question.From, question.To, question.Address));
        var (made, findings) = Case.Of([@case.Host], asked, Kernel);
        made.ShouldNotBeNull(string.Join('\n', findings));
        var tried = made.Flows.Select(shift => Trial.Run(made, [FaultOf(@case)], 1, shift)).ToList();
        var whole = made.Flows.Select(shift => Trial.Run(made, [], 1, shift)).ToList();
        foreach (var (question, at) in watched.Select((question, at) => (question, at)))
        {
            // What some flow loses with nothing failing says nothing of a failure.
            if (!whole.TrueForAll(one => one.Outcomes[at].IsAnswered))
                continue;
            var (silence, outcomes) = (seen.Silences[$"{question}, after it broke"], tried.ConvertAll(one => (one.Outcomes[at], one.SlackNs)));
            var bound = outcomes.Max(one => one.Item1.OutageNs == long.MaxValue ? double.PositiveInfinity : one.Item1.OutageNs == 0 ? 0 : (one.Item1.OutageNs + one.SlackNs) / 1e9);
            if (@case.Chances.IsReflecting)
                continue;
            if (outcomes.TrueForAll(one => one.Item1.IsAnswered) && bound + 1 < silence.Window)
            {
                compared++;
                if (silence.Again is null || silence.Seconds > bound + Slack + @case.Chances.Seconds)
                    wrong.Add(FormattableString.Invariant($"{question}: proven to be answered within {bound:0.000} s, and on the kernel it {silence}"));
            }
            // A partner that is missed after 90 s is not waited for.
            else if (outcomes.TrueForAll(one => !one.Item1.IsAnswered) && !@case.Broken!.IsLacp)
            {
                compared++;
                if (silence.Again is not null)
                    wrong.Add($"{question}: refuted for every flow, and on the kernel it {silence}");
            }
        }
        return (wrong, compared);
    }

    private static Fault FaultOf(FrameCase @case) => @case.Broken!.Word.Split(':') switch
    {
        [var nic, "lacp"] => new(FaultKind.Lacp, [@case.Broken.Word], nic),
        [var nic, var vlan] => new(FaultKind.Vlan, [@case.Broken.Word], $"{nic} {vlan}"),
        [var name] when @case.Layout.Boxes.Exists(box => box.Members.Contains(name, StringComparer.Ordinal)) => new(FaultKind.Switch, [name], name) { Member = name },
        [var link] when link.Contains('/', StringComparison.Ordinal) => new(FaultKind.Link, [link], link),
        [var nic] => new(FaultKind.Cable, [nic], nic),
        _ => throw new ArgumentException(@case.Broken.Word),
    };
}
