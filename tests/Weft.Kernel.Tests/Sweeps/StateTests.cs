// Every attribute in every state of its link: up or down, with ports or without, a bond in each mode, with and without polling. One raw
// request sets it, and what the kernel does is what the table says: taken and read back equal, or refused, for that reason. The
// twin is asked the same.

using System.Diagnostics;
using Weft.Apply;
using Weft.Linux;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Plan;
using Weft.Twin;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Kernel.Tests.Sweeps;

public sealed class StateTests(ITestOutputHelper output)
{
    /// <summary>How the kernel says what is in the way.</summary>
    private static readonly Dictionary<Obstacle, string[]> Answers = new()
    {
        [Obstacle.None] = ["taken"],
        [Obstacle.Made] = ["taken"],
        [Obstacle.Mode] = ["EACCES"],
        [Obstacle.Ports] = ["ENOTEMPTY", "EBUSY"],
        [Obstacle.Up] = ["EBUSY"],
        [Obstacle.NoPolling] = ["EPERM"],
    };

    /// <summary>Where what is taken is not told as it was said, each with the reason.</summary>
    private static readonly (Func<Posture, Attribute, bool> Where, string Because)[] NotToldBack =
    [
        ((posture, line) => line == BondLines.Primary && !posture.HasPorts, "the kernel keeps the name, and tells it once such a port is there"),
    ];

    private static readonly string[] Modes = [.. ((OneOf)BondLines.Mode.Shape).Words.Select(mode => mode.Word)];
    private static readonly bool[] Both = [false, true];

    [Fact]
    public void Bonds_and_their_ports_change_where_the_table_says() => Sweep(1800,
        from mode in Modes
        from polls in Both
        from hasPorts in Both
        from isUp in Both
        select new Posture(LinkKind.Bond, Settings.Empty.With(BondLines.Mode, Value.Of(mode)).With(BondLines.Miimon, Value.Of(polls ? 100 : 0)), isUp, hasPorts));

    [Fact]
    public void Bridges_and_their_ports_change_where_the_table_says() => Sweep(180,
        from hasPorts in Both
        from isUp in Both
        select new Posture(LinkKind.Bridge, Settings.Empty.With(BridgeLines.VlanFiltering, Value.Of(true)), isUp, hasPorts));

    [Fact]
    public void VLANs_change_where_the_table_says() => Sweep(24,
        from isUp in Both
        select new Posture(LinkKind.Vlan, Settings.Empty.With(VlanLines.Lower, Value.Of(Posture.Lower)).With(VlanLines.Id, Value.Of(5)), isUp, HasPorts: false));

    private void Sweep(int least, IEnumerable<Posture> postures)
    {
        using var host = new BareHost("states", Posture.Port, Posture.SecondPort, Posture.Lower);
        host.Others($"link set {Posture.Lower} up");
        var (clock, cells, wrong) = (Stopwatch.StartNew(), 0, new List<string>());
        host.Inside(kernel =>
        {
            foreach (var posture in postures)
                cells += Try(kernel, posture, wrong);
            return true;
        });
        output.WriteLine($"{cells} cells in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        cells.ShouldBeGreaterThanOrEqualTo(least);
    }

    private static int Try(IKernel kernel, Posture posture, List<string> wrong)
    {
        posture.Take(kernel);
        var lacking = kernel.Lacks([.. posture.Lines.Where(line => line.IsNotEverywhere)]);
        Attribute[] lines = [.. posture.Lines.Except(lacking)];
        var first = kernel.Observe();
        foreach (var line in lines)
        {
            var before = Seen(first, line);
            var step = posture.Set(line, posture.Other(line, before));
            var obstacle = Obstacles.Against(line, first.Host.Find(Posture.Link)!.Settings, posture.IsUp, posture.HasPorts);
            var answer = kernel.Execute([step])[0];
            var after = kernel.Observe();
            var expected = obstacle == Obstacle.None ? posture.Other(line, before) : before;
            var told = Seen(after, line);
            if (!Answers[obstacle].Contains(answer?.Errno ?? "taken"))
                wrong.Add($"{posture}: {StepText.Of(step)}: the table says {obstacle}, the kernel {answer?.ToString() ?? "takes it"}");
            else if (told != expected && !NotToldBack.Any(one => one.Where(posture, line)))
                wrong.Add($"{posture}: {StepText.Of(step)}: {obstacle}, and then it is {told} and not {expected}");
            var twin = TwinKernel.From(first);
            var twins = twin.Execute([step])[0];
            if (twins?.Errno != answer?.Errno || Seen(twin.Observe(), line) != told)
                wrong.Add($"{posture}: {StepText.Of(step)}: the kernel {answer?.ToString() ?? $"takes it, and tells {told}"}, its twin {twins?.ToString() ?? $"takes it, and tells {Seen(twin.Observe(), line)}"}");
            SetBack(kernel, posture, first, after);
        }
        var last = kernel.Observe();
        wrong.AddRange(lines.Where(line => Seen(first, line) != Seen(last, line)).Select(line => $"{posture}: {line} was {Seen(first, line)} and ends as {Seen(last, line)}"));
        return lines.Length;
    }

    /// <summary>Sets back whatever is another now, and goes on from there: cells are too many to make a link for each.</summary>
    private static void SetBack(IKernel kernel, Posture posture, Observation first, Observation after)
    {
        Step[] back = [.. posture.Lines.Where(line => Seen(first, line) is { } held && held != Seen(after, line)).Select(line => posture.Set(line, Seen(first, line)!))];
        if (posture.Lines.Any(line => VlanLines.IsMap(line) && Seen(first, line) != Seen(after, line)))
            posture.Take(kernel); // The kernel lays a map over the one that it has.
        else if (back.Length > 0)
            kernel.Execute(back).OfType<Refusal>().ShouldBeEmpty($"{posture}: {string.Join(", ", back.Select(StepText.Of))}");
    }

    private static Value? Seen(Observation observed, Attribute line)
    {
        var link = observed.Host.Find(Posture.Link)!;
        return line.Home == Home.Port ? link.Ports.First(port => port.Name.Value == Posture.Port).Settings.ValueOf(line) : link.Settings.ValueOf(line);
    }
}
