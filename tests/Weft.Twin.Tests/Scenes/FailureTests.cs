// What breaks twice at once works again when both are mended; and what is one thing has one name however it is said.

using System.Net;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class FailureTests
{
    private const string Host =
        """
        host: kvm1
        nics: {up0: {match: {name: eth0}}, eth1: {}}
        bonds: {bond0: {ports: [up0], mode: 802.3ad, miimon: 100, lacp_rate: fast}}
        vlans: {bond0.80: {link: bond0, id: 80, addresses: [10.0.80.11/24]}}
        cabling:
          up0: {switch: sw1, vlans: [80], native: 1, group: Po1, lacp: active}
          eth1: {switch: sw2, native: 1}
        switches: {sw1: {addresses: {80: 10.0.80.1/24}}, sw2: {}}
        links: [[sw1, sw2], [sw1, sw2]]

        """;

    /// <summary>The cable of up0 is the only one of sw1 to a host: what fails of the one fails of the other as well.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(":lacp")]
    [InlineData(":vlan=80")]
    public void The_first_repair_does_not_heal_the_second_failure(string part)
    {
        var scene = Stages.Scene(Host);
        scene.Settle().ShouldBeTrue();
        var (world, bond) = (scene.World, scene.Machine("kvm1")!.Get<Bond>("bond0"));
        bool Works()
        {
            world.Pass(10);
            if (part == ":lacp")
                return ((Lacp)bond.Mode).Active?.PartnerSystem is > 0;
            var ping = new Ping(bond.Machine, IPAddress.Parse("10.0.80.1"));
            ping.Start();
            world.Pass(5.5);
            ping.Stop();
            return ping.Answered > 0;
        }

        Works().ShouldBeTrue();
        scene.Failure($"up0{part}@0s").Happen();
        Works().ShouldBeFalse();
        scene.Failure($"sw1{part}@0s").Happen();
        scene.Failure($"up0{part}@0s", isRepair: true).Happen();
        Works().ShouldBeFalse("the switch is still broken");
        scene.Failure($"sw1{part}@0s", isRepair: true).Happen();
        Works().ShouldBeTrue();
    }

    [Fact]
    public void A_VLAN_and_LACP_that_fail_on_one_cable_are_two_things()
    {
        var scene = Stages.Scene(Host);
        scene.Settle().ShouldBeTrue();
        scene.Failure("up0:vlan=80@0s").Happen();
        scene.Failure("up0:lacp@0s").Happen();
        scene.Failure("up0:lacp@0s", isRepair: true).Happen();
        scene.World.Pass(30);
        Tracing.Run(scene, "kvm1", "10.0.80.1", 56, cold: false).Traced!.IsDelivered.ShouldBeFalse();
    }

    [Theory]
    [InlineData("eth0@1s", "sw1@2s", "")]
    [InlineData("sw1@1s", "sw2@2s", "")]
    [InlineData("eth0@1s", "eth0:lacp@2s", "")]
    [InlineData("eth0:vlan=80@1s", "eth0:vlan=1@2s", "")]
    [InlineData("eth0@1s", "up0@2s", "it has failed already then")]
    [InlineData("eth0@1s", "kvm1/eth0@2s", "it has failed already then")]
    [InlineData("eth0:vlan=80@1s", "kvm1/up0:vlan=80@2s", "it has failed already then")]
    public void A_switch_with_one_cable_is_not_its_NIC(string first, string second, string wrong)
    {
        var scene = Stages.Scene(Host);

        (Failure.Conflict([scene.Failure(first), scene.Failure(second)], 10_000)?.Wrong ?? "").ShouldBe(wrong);
        if (wrong.Length == 0)
            Failure.Conflict([scene.Failure(first), scene.Failure(second, isRepair: true)], 10_000)?.Wrong.ShouldBe("it works then, and there is nothing to repair");
    }

    [Fact]
    public void Every_cable_has_a_recording_of_its_own()
    {
        var made = new List<(string Name, MemoryStream File)>();
        var host = Host.Replace("links:", "guests: {kvm1-eth1: {nics: [{bridge: br0}]}, kvm1: {nics: [{bridge: br0}]}}\nlinks:", StringComparison.Ordinal).Replace("bonds:", "bridges: {br0: {ports: [eth1]}}\nbonds:", StringComparison.Ordinal)
            .Replace("host: kvm1", "host: kvm", StringComparison.Ordinal).Replace("eth1: {switch", "1-eth0: {switch", StringComparison.Ordinal).Replace("[eth1]", "[1-eth0]", StringComparison.Ordinal).Replace("eth1: {}", "1-eth0: {}", StringComparison.Ordinal);
        Stages.Scene(host).Run(100, [], record: name =>
        {
            made.Add((name, new()));
            return made[^1].File;
        });

        made.Select(one => one.Name).ShouldBe(["kvm-eth0.pcap", "kvm-1-eth0.pcap", "sw1-sw2.pcap", "sw1-sw2.2.pcap", "kvm1-eth1-eth0.pcap", "kvm1-eth0.pcap"]);
    }

    [Fact]
    public void Names_that_are_spelt_alike_when_joined_get_recordings_of_their_own()
    {
        var made = new List<string>();
        Stages.Scene("host: a\nnics: {b-c: {}}\ncabling: {b-c: {switch: sw1}}\n", "host: a-b\nnics: {c: {}}\ncabling: {c: {switch: sw1}}\n").Run(100, [], record: name =>
        {
            made.Add(name);
            return new MemoryStream();
        });

        made.ShouldBe(["a-b-c.pcap", "a-b-c.2.pcap"]);
    }
}
