// Settings of the whole host on a kernel: those of a network namespace, and in the machine's own namespace those of the machine. The lab
// is a machine of its own there.

using Weft.Apply;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class HostSysctlTests
{
    [Fact]
    public void A_profile_is_set_where_it_can_be_and_goes_back_to_what_was_there_first()
    {
        using var host = new BareHost("tuned", "eth0");
        string Tcp() => host.Inside(_ => System.IO.File.ReadAllText("/proc/sys/net/ipv4/tcp_rmem").Trim().Replace('\t', ' '));
        var before = Tcp();
        var outcome = host.Apply("tuning: 10g\nnics: {eth0: {}}");
        outcome.Ending.ShouldBe(Ending.Applied);
        Tcp().ShouldBe("4096 131072 33554432");
        // net/core is the machine's.
        outcome.Findings.Where(finding => finding.Rule == "sysctl-not-here").Select(finding => finding.Place.Line).Distinct().ShouldBe([1]);
        host.Plan("tuning: 10g\nnics: {eth0: {}}").IsEmpty.ShouldBeTrue();
        host.Apply("tuning: 10g\nsysctls: {net.ipv4.tcp_rmem: 4096 131072 8388608}\nnics: {eth0: {}}");
        Tcp().ShouldBe("4096 131072 8388608", "what the file says comes before the profile");
        host.Undone("nics: {eth0: {}}");
        Tcp().ShouldBe("4096 131072 8388608");
        host.Apply("nics: {eth0: {}}");
        Tcp().ShouldBe(before);
    }
}
