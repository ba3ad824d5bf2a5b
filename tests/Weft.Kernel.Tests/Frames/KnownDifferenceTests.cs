// Known differences are still differences: each is shown on the kernel and on the twin, all in one lab. One that is none any more is a mistake of the list.

namespace Weft.Kernel.Tests.Frames;

[Trait("makes", "frames")]
public sealed class KnownDifferenceTests
{
    private static readonly string Release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static readonly List<FrameCase> Cases = [.. KnownDifferences.All.Select((line, at) => new FrameCase(line.Key, at, $"version: 1\n{line.Value.File}", null))];

    private static readonly Lazy<Dictionary<FrameCase, string>> Said = new(Ask);

    public static TheoryData<string> Names => [.. KnownDifferences.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_known_difference_is_still_one(string name)
    {
        var (line, @case) = (KnownDifferences.All[name], Cases.Single(one => one.Name == name));
        Assert.SkipUnless(Release.StartsWith($"{line.Kernel}.", StringComparison.Ordinal), $"it is listed for Linux {line.Kernel}, and this is {Release}");
        var (kernel, twin) = (Said.Value[@case].Split('\n')[1], line.Twin(new Watched(@case)));
        kernel.ShouldNotBe(twin, $"{name}: twin and kernel agree, and the line of KnownDifferences can go, with what docs/lab/twin.md says of it");
        (kernel, twin).ShouldBe((line.OnKernel, line.OnTwin), $"{name}: they differ, and not as the line says");
    }

    private static Dictionary<FrameCase, string> Ask()
    {
        using var scene = new KernelScene([.. Cases.Select(@case => @case.Host)]);
        Stillness.Await([.. Cases.SelectMany(@case => OnKernel.Bridged(@case).Concat(@case.Layout.GuestNames))], []);
        return OnKernel.AtOnce(Cases, @case => $"h=h-{@case.Number} sw1=sw1-{@case.Number} g0=g0-{@case.Number} port={@case.Layout.Cords.Single(cord => cord.Nic == "eth0").Port}\n{KnownDifferences.All[@case.Name].Ask}", Cases.Count);
    }
}
