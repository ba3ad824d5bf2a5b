// When a scene has settled, what a simulation tells of, and where it ends.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class SimulationTests
{
    private const string Slow =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, primary: eth1, miimon: 100, updelay: 90000, addresses: [10.0.0.11/24]}}
        bridges: {br0: {ports: [eth2], stp: true, forward_delay: 3000, addresses: [10.1.0.11/24]}}
        cabling: {eth0: {switch: sw1, native: 1}, eth1: {switch: sw1, native: 1}, eth2: {switch: sw1, native: 2}}
        switches: {sw1: {addresses: {1: 10.0.0.1/24, 2: 10.1.0.1/24}}}

        """;

    [Fact]
    public void A_scene_has_settled_when_its_slowest_link_has()
    {
        var scene = Stages.Scene(Slow);
        scene.Settling.ShouldBe(180 * VirtualTime.Second);
        scene.Settle().ShouldBeTrue();

        scene.Machine("kvm1")!.Get<Bond>("bond0").Active!.Device.Name.ShouldBe("eth1");
        scene.Machine("kvm1")!.Get<Bridge>("br0").Ports[0].State.ShouldBe(PortState.Forwarding);
    }

    [Theory]
    [InlineData("updelay: 90000, ", "", 120)]
    [InlineData("updelay: 90000, ", "forward_delay: 3000, ", 60)]
    public void Without_anything_slow_it_takes_twice_a_usual_spanning_tree(string one, string other, int seconds)
    {
        var text = Slow.Replace(one, "", StringComparison.Ordinal);
        Stages.Scene(other.Length > 0 ? text.Replace(other, "", StringComparison.Ordinal) : text).Settling.ShouldBe(seconds * VirtualTime.Second);
    }

    /// <summary>The cable that closes the circle comes a moment before the end, and what goes round is a question that is asked behind it.</summary>
    [Fact]
    public void A_storm_behind_the_end_is_told()
    {
        var scene = Stages.Scene(
            """
            host: kvm1
            nics: {eth0: {}, eth1: {}, eth2: {}}
            bridges: {br0: {ports: [eth0, eth1]}}
            guests: {vm1: {nics: [{bridge: br0, addresses: [10.0.0.21/24]}]}}
            cabling: {eth0: {switch: sw1, native: 1}, eth1: {switch: sw1, native: 1}, eth2: {switch: sw2, native: 1}}
            switches: {sw1: {}, sw2: {addresses: {1: 10.0.0.1/24}}}

            """);
        scene.Failure("eth1@0s").Happen();

        var simulated = scene.Run(1000, [], ["eth1@999ms"]);

        simulated.IsStorm.ShouldBeTrue();
        simulated.Happenings[^1].Did.ShouldBe("storm");
        simulated.Happenings[^1].AtNs.ShouldBeInRange(VirtualTime.Second, 2 * VirtualTime.Second);
        simulated.Happenings.Count(happened => happened.AtNs > VirtualTime.Second).ShouldBe(1, "of what is no storm nothing is told any more");
    }

    [Fact]
    public void More_echoes_than_can_be_remembered_are_refused()
    {
        var (simulated, wrong, mend) = Simulation.Run(Stages.Scene(Slow), [], 1, 24 * 3600 * 1000);

        simulated.ShouldBeNull();
        wrong.ShouldBe("that would be 172808004 echoes, and 20000000 are the most");
        mend.ShouldBe("say a shorter --for, or an --every above 1");
    }
}
