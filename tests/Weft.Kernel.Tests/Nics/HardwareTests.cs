// What drivers keep, on a kernel: a veth has offloads and channels, a tap a speed that can be set. Set, changed, undone, left as
// it was found; what a driver lacks is a finding before anything is sent. Rings and pause no link of a lab has: they are tried
// on the twin, and on bytes in the codec's tests.

using Weft.Apply;
using Weft.Linux;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class HardwareTests
{
    private const string Links = "link add ve0 numtxqueues 4 numrxqueues 4 type veth peer name ve1 numtxqueues 4 numrxqueues 4\ntuntap add dev tap0 mode tap";

    [Fact]
    public void Offloads_of_a_veth_are_set_changed_undone_and_given_back()
    {
        using var host = new BareHost("offloads", "eth0", "eth1");
        var before = Told(host, "eth0", NicLines.Offloads);
        before.ShouldContain("tx-tcp-segmentation: true");
        host.Apply("nics: {eth0: {offloads: {tso: false, gro: true}, addresses: [10.0.0.2/24]}}");
        var changed = Told(host, "eth0", NicLines.Offloads);
        changed.ShouldContain("tx-tcp-segmentation: false");
        changed.ShouldContain("tx-tcp6-segmentation: false");
        changed.ShouldContain("rx-gro: true");
        host.Plan("nics: {eth0: {offloads: {tso: false, gro: true}, addresses: [10.0.0.2/24]}}").IsEmpty.ShouldBeTrue();
        host.Undone("nics: {eth0: {offloads: {tso: true, gso: false}, addresses: [10.0.0.2/24]}}").Ending.ShouldBe(Ending.RolledBack);
        Told(host, "eth0", NicLines.Offloads).ShouldBe(changed);
        host.Apply("nics: {eth0: {offloads: {tso: false, tx-tcp6-segmentation: true}, addresses: [10.0.0.2/24]}}");
        Told(host, "eth0", NicLines.Offloads).ShouldBe(changed.Replace("tx-tcp6-segmentation: false", "tx-tcp6-segmentation: true", StringComparison.Ordinal).Replace("rx-gro: true", "rx-gro: false", StringComparison.Ordinal));
        host.Apply("nics: {eth0: {}}");
        Told(host, "eth0", NicLines.Offloads).ShouldBe(before);
        host.Apply("nics: {eth0: {offloads: {tso: false}}}");
        host.Apply("nics: {eth1: {}}");
        Told(host, "eth0", NicLines.Offloads).ShouldBe(before);
    }

    [Fact]
    public void Channels_of_a_veth_are_set_while_it_is_up_and_given_back()
    {
        using var host = new BareHost("channels", "eth0");
        host.Others(Links);
        Told(host, "ve0", NicLines.Channels).ShouldBe("{rx: 4, tx: 4}");
        host.Apply("nics: {ve0: {channels: {rx: 2}}}");
        Told(host, "ve0", NicLines.Channels).ShouldBe("{rx: 2, tx: 4}");
        host.Apply("nics: {ve0: {channels: {rx: 3, tx: 1}}}");
        Told(host, "ve0", NicLines.Channels).ShouldBe("{rx: 3, tx: 1}");
        host.Undone("nics: {ve0: {channels: {rx: 1, tx: 2}}}").Ending.ShouldBe(Ending.RolledBack);
        Told(host, "ve0", NicLines.Channels).ShouldBe("{rx: 3, tx: 1}");
        host.Apply("nics: {ve0: {channels: {tx: 1}}}");
        Told(host, "ve0", NicLines.Channels).ShouldBe("{rx: 4, tx: 1}");
        host.Apply("nics: {ve0: {channels: default}}");
        Told(host, "ve0", NicLines.Channels).ShouldBe("{rx: 4, tx: 4}");
    }

    [Fact]
    public void The_speed_of_a_tap_is_forced_and_given_back()
    {
        using var host = new BareHost("speed", "eth0");
        host.Others(Links);
        host.Apply("nics: {tap0: {autoneg: false, speed: 2500, duplex: half}}");
        (Told(host, "tap0", NicLines.Speed), Told(host, "tap0", NicLines.Duplex), Told(host, "tap0", NicLines.Autoneg)).ShouldBe(("2500", "half", "false"));
        host.Undone("nics: {tap0: {autoneg: false, speed: 100, duplex: full}}").Ending.ShouldBe(Ending.RolledBack);
        (Told(host, "tap0", NicLines.Speed), Told(host, "tap0", NicLines.Duplex)).ShouldBe(("2500", "half"));
        host.Apply("nics: {tap0: {}}");
        (Told(host, "tap0", NicLines.Speed), Told(host, "tap0", NicLines.Duplex)).ShouldBe(("10", "full"));
    }

    [Theory]
    [InlineData("ve0: {rings: {rx: 512}}", "nic-lacks")]
    [InlineData("ve0: {pause: {rx: false}}", "nic-lacks")]
    [InlineData("ve0: {autoneg: false, speed: 100}", "nic-lacks")]
    [InlineData("ve0: {channels: {combined: 2}}", "nic-lacks")]
    [InlineData("ve0: {channels: {rx: 5}}", "nic-maximum")]
    [InlineData("ve0: {offloads: {lro: true}}", "nic-lacks")]
    [InlineData("ve0: {offloads: {no-such-thing: true}}", "nic-lacks")]
    [InlineData("tap0: {channels: {rx: 1}}", "nic-lacks")]
    public void What_a_driver_cannot_do_is_a_finding_and_nothing_is_sent(string nic, string rule)
    {
        using var host = new BareHost("lacking", "eth0");
        host.Others(Links);
        var outcome = host.Try($"nics: {{{nic}}}");
        outcome.Ending.ShouldBe(Ending.Refused);
        outcome.Findings.ShouldContain(finding => finding.Rule == rule && finding.Place.Line == 1);
    }

    private static string Told(BareHost host, string nic, Model.Attributes.Attribute line)
    {
        var seen = host.Inside(kernel => kernel.Observe(Inquiry.Of(new Host { Links = [new(Text.At.Nowhere(nic), LinkKind.Nic) { Settings = Settings.Empty.With(line, Value.Of("default")) }] }))).Host.Find(nic)!;
        return seen.Settings.ValueOf(line)?.ToString() ?? "nothing";
    }
}
