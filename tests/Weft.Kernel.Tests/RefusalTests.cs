// What the kernel refuses is told with its words and the file's line, and the host is as it was.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class RefusalTests
{
    [Fact]
    public void A_refused_step_is_told_with_the_kernels_words_and_its_line_and_everything_is_undone()
    {
        // A macvlan holds eth1's receive handler, which a bond wants for itself; made straight in another namespace, only the kernel knows of it.
        const string Busy = "ip netns add elsewhere; ip link add mv0 link eth1 netns elsewhere address 02:00:00:00:00:99 type macvlan; ";
        var good = LabRun.File("good.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\nbridges:\n  br0: {ports: [eth0], addresses: [10.0.0.1/24]}\n");
        var bad = LabRun.File("bad.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\nbonds:\n  bond0:\n    ports: [eth0, eth1]\n    mode: 802.3ad\nbridges:\n  br0: {ports: [bond0], addresses: [10.0.0.1/24]}\n");
        var run = LabRun.Good(good, $"{Busy} section code; weft apply {bad} 2>errors || echo $?; section errors; cat errors; settle; dump; section plan; weft plan {good}");
        run.Section("code").ShouldContain("4");
        run.Section("errors").ShouldContain("bad.yaml:5:19: error kernel-refused");
        run.Section("errors").ShouldContain("EBUSY");
        run.Section("plan").ShouldContain("Nothing to do");

        var untouched = LabRun.Good(good, $"{Busy} settle; dump");
        Assert.Equal(HostFacts.Of(untouched), HostFacts.Of(run));
    }

    [Fact]
    public void A_NIC_that_is_not_there_is_refused_before_anything_is_sent()
    {
        var file = LabRun.File("host.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\n");
        var run = LabRun.Good(file, $"ip link del eth1; section code; weft apply {file} 2>&1 || echo code $?; section links; ip -br link", bare: true);
        run.Section("code").ShouldContain("nic-missing");
        run.Section("code").ShouldContain("code 3");
        run.Section("links").ShouldNotContain("bond0");
    }
}
