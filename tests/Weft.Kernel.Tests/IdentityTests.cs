// NICs are known by their own MACs, namespaces by name.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class IdentityTests
{
    private const string File = """
        host: kvm
        nics:
          left: {match: {mac: "02:11:22:33:44:01"}}
          right: {match: {mac: "02:11:22:33:44:02"}}
        bonds:
          bond0: {ports: [left, right], mode: active-backup, miimon: 100, addresses: [10.3.0.1/24]}

        """;

    [Fact]
    public void Both_NICs_are_found_again_after_the_bond_gave_them_one_MAC()
    {
        var file = LabRun.File("host.yaml", File);
        var run = LabRun.Good(file, $"settle; section macs; cat /sys/class/net/left/address /sys/class/net/right/address; section plan; weft plan {file}; section again; weft apply {file}");
        run.Section("macs").Split('\n').Distinct().Count().ShouldBe(1);
        run.Section("plan").ShouldContain("Nothing to do");
    }

    [Fact]
    public void A_label_need_not_be_the_kernels_name()
    {
        var file = LabRun.File("host.yaml", File);
        var run = LabRun.Good(file, $"ip link set left down; ip link set left name enp3s0; ok weft apply {file}; section ports; ip -br link show master bond0; weft plan --exit-code {file}", bare: true);
        run.Section("ports").ShouldContain("enp3s0");
        run.Section("ports").ShouldContain("right");
    }

    [Fact]
    public void Another_network_namespace_is_reached_by_name_and_keeps_a_ledger_of_its_own()
    {
        var file = LabRun.File("host.yaml", "bridges: {br9: {addresses: [10.9.0.1/24]}}\n");
        var none = LabRun.File("none.yaml", "version: 1\n");
        var run = LabRun.Good(file, $"""
            ip netns add other
            weft --netns other apply {file}
            section other; ip -n other -br addr; section here; ip -br addr
            weft --netns other apply {none}; section removed; ip -n other -br link
            section missing; weft --netns nowhere show 2>&1 || echo code $?
            """, bare: true);
        run.Section("other").ShouldContain("10.9.0.1/24");
        run.Section("here").ShouldNotContain("10.9.0.1/24");
        run.Section("removed").ShouldNotContain("br9");
        run.Section("missing").ShouldContain("no network namespace");
    }
}
