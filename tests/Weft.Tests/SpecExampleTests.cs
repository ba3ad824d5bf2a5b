// The files under examples/ are what people copy: they must check clean, without even an advice.

using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class SpecExampleTests
{
    public static TheoryData<string> Examples => [.. Directory.EnumerateFiles(SpecFiles.PathOf("examples"), "*.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_checks_clean(string name)
    {
        var text = File.ReadAllText(SpecFiles.PathOf("examples", name));
        var reading = HostFile.Read(name, text);
        Report.Text([.. reading.Findings, .. Checker.Look(reading.Host.ShouldNotBeNull())], new Source(name, text)).ShouldBeEmpty();
        reading.Host.Links.ShouldNotBeEmpty();
        reading.Host.Guests.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_four_set_ups_are_there() =>
        new[] { "kvm-10gbe", "kvm-active-backup", "vlan-under-bond", "three-vlans" }.Except(Directory.EnumerateFiles(SpecFiles.PathOf("examples"), "*.yaml").Select(Path.GetFileNameWithoutExtension)).ShouldBeEmpty();
}
