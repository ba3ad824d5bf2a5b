// What the twin says that frames do, beside what they do: every case of specs/twin and every example, all in one lab. Nothing of Weft looks at the kernel:
// reachability is ping's, tables are bridge's, bonds are /proc's, and times are the stamps of a socket.

namespace Weft.Kernel.Tests.Frames;

[Trait("makes", "frames")]
public sealed class FrameCaseTests
{
    private const ulong Seed = 1;

    /// <summary>What breaks in which case.</summary>
    private static readonly Dictionary<string, Break> Breaks = new(StringComparer.Ordinal)
    {
        ["a-cable-of-active-backup"] = new("eth0", 1, 4),
        ["a-cable-of-lacp"] = new("eth0", 1, null),
        ["a-second-default-gateway"] = new("eth0", 1, 4),
        ["a-vlan-vanishes-under-arp-monitoring"] = new("eth0:vlan=80", 1, null),
        ["delays-of-active-backup"] = new("eth0", 1, 4),
        ["fast-lacp-notices-after-3s"] = new("eth0:lacp", 1, null),
        ["kvm-10gbe"] = new("leaf-a", 1, null),
        ["kvm-active-backup"] = new("eth0", 1, 4),
        ["stp-waits-after-failback"] = new("eth0", 1, 4),
    };

    private static readonly List<FrameCase> All = Load();

    private static readonly Lazy<Dictionary<FrameCase, Compared>> Found = new(() => Comparison.Of([.. All.Select(@case => (@case, Seed))]));

    public static TheoryData<string> Cases => [.. All.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_kernel_does_with_frames_what_the_twin_says(string name) => Found.Value[Named(name)].Differences.ShouldBeEmpty();

    public static TheoryData<string> Planted => [.. Faults.All.Keys];

    /// <summary>A comparison that does not notice a twin's mistake proves nothing.</summary>
    [Theory]
    [MemberData(nameof(Planted))]
    public void A_device_of_the_twin_that_does_wrong_is_noticed(string device)
    {
        var (name, by, plant) = Faults.All[device];
        var (@case, found) = (Named(name), Found.Value[Named(name)]);
        var twin = OnTwin.Run(@case, Seed, plant);
        Differences.InWhatIsDone(twin, found.Kernel, @case).Concat(Differences.InTime(twin, found.Kernel, @case)).Except(found.Differences, StringComparer.Ordinal).ShouldContain(difference => difference.Contains(by, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_every_case_in_which_something_breaks_somebody_is_watched() => All.Where(@case => @case.Broken is not null && !Found.Value[@case].IsWatched).ShouldBeEmpty();

    private static FrameCase Named(string name) => All.Single(one => one.Name == name);

    private static List<FrameCase> Load()
    {
        var files = Directory.EnumerateFiles(Path.Combine(LabRun.Root, "specs", "twin"), "host.yaml", SearchOption.AllDirectories).Select(path => (Name: Path.GetFileName(Path.GetDirectoryName(path))!, Path: path))
            .Concat(Directory.EnumerateFiles(Path.Combine(LabRun.Root, "examples"), "*.yaml").Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path))).OrderBy(file => file.Name, StringComparer.Ordinal);
        return [.. files.Select((file, at) => new FrameCase(file.Name, at, File.ReadAllText(file.Path), Breaks.GetValueOrDefault(file.Name)))];
    }
}
