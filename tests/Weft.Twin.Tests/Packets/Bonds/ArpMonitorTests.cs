// The ARP monitor, with an interval of 100 ms and two intervals missed at most: what it sends, what it believes, and when it takes a port for dead.

using System.Net;
using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class ArpMonitorTests
{
    private static readonly IPAddress HostAddress = IPAddress.Parse("10.0.0.1"), FarAddress = IPAddress.Parse("10.0.0.9");

    private static readonly BondOptions Plain = new(BondLines.ActiveBackup) { ArpInterval = 100 * VirtualTime.Millisecond, ArpTargets = [FarAddress] };

    /// <summary>A host with 10.0.0.1 on the bond; the target answers where the test lets it, and a switch floods the question to the other ports.</summary>
    private static Rig With(BondOptions options, Func<int, bool>? answers = null, bool floods = false, int ports = 2)
    {
        var rig = new Rig(options, ports);
        rig.Stack.Addresses[rig.Bond] = HostAddress;
        rig.Stack.Routes[FarAddress] = rig.Bond;
        rig.Answers = (port, frame) =>
        {
            if (!ArpFrame.IsIn(frame) || ArpPacket.Operation(frame.Payload) != ArpPacket.Request)
                return;
            for (var other = 0; floods && other < ports; other++)
                if (other != port)
                    rig.FarNics[other].Send(rig.World.Frames.Copy(frame));
            if (answers?.Invoke(port) ?? true)
                rig.FarNics[port].Send(ArpFrame.New(rig.World, ArpPacket.Reply, ArpPacket.SenderMac(frame.Payload), (Rig.FarMac, Rig.FarIp), (ArpPacket.SenderMac(frame.Payload), ArpPacket.Sender(frame.Payload))));
        };
        return rig.Open();
    }

    [Fact]
    public void The_active_port_asks_every_interval_and_the_others_do_not()
    {
        var rig = With(Plain, floods: true);
        rig.RunTo(1000);
        rig.Arrived.Clear();
        rig.RunTo(2000);
        rig.Arrived.Count.ShouldBe(10);
        rig.Arrived.ShouldAllBe(came => came.Port == rig.Bond.Active!.Number && came.To == Ethernet.Broadcast && came.From == Rig.HostMac && came.Tag == Frame.NoTag);
        rig.Arrived.ShouldAllBe(came => came.Word(14) == Rig.HostIp && came.Word(24) == Rig.FarIp && came.MacAt(18) == 0);
        rig.Bond.Ports.ShouldAllBe(port => port.Health == Health.Up);
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.ActiveBackup)]
    [InlineData(BondLines.Xor)]
    public void Ports_begin_as_up_and_the_first_one_as_active(string mode)
    {
        var rig = With(Plain with { Mode = mode });
        rig.Run(1);
        rig.Bond.Ports.ShouldAllBe(port => port.Health == Health.Up && port.Failures == 0);
        (rig.Bond.Active, rig.Bond.HasCarrier).ShouldBe((rig[0], true));
        rig.RunTo(240);
        rig.Bond.Ports.ShouldAllBe(port => port.Health == Health.Up);
        rig.End();
    }

    [Fact]
    public void Ports_without_one_are_searched_from_the_second_on_when_it_comes()
    {
        var rig = new Rig(Plain, ports: 3);
        rig.Open();
        foreach (var cable in rig.Cables)
            cable.Break();
        rig.RunTo(1050);
        rig.Bond.Active.ShouldBeNull();
        foreach (var cable in rig.Cables)
            cable.Mend();
        rig.Answers = null;
        rig.RunTo(1450);
        rig.Arrived.Select(came => came.Port).ShouldBe([1, 2, 0, 1]);
        rig.End();
    }

    [Fact]
    public void A_port_over_which_the_target_is_silent_is_down_after_two_intervals_and_a_half()
    {
        var reaches = true;
        var rig = With(Plain, port => port == 1 || reaches, floods: true);
        rig.RunTo(1050);
        var (first, second) = (rig.Bond.Active!, rig.Bond.Ports.Single(port => port != rig.Bond.Active));
        rig.Answers = null;
        reaches = false;
        rig.RunTo(1299);
        rig.Bond.Active.ShouldBe(first, "last heard at 1000 ms");
        rig.RunTo(1300);
        (first.Health, first.Failures).ShouldBe((Health.Down, 1));
        rig.Bond.Active.ShouldBe(second, "a backup has an interval longer");
        rig.RunTo(1599);
        rig.Bond.Active.ShouldBe(second, "who became active is left alone for two intervals and a half");
        rig.RunTo(1600);
        rig.Bond.Active.ShouldBeNull();
        rig.End();
    }

    [Fact]
    public void A_silent_failure_moves_the_active_role_though_both_carriers_are_there()
    {
        var dead = -1;
        var rig = new Rig(Plain);
        rig.Stack.Addresses[rig.Bond] = HostAddress;
        rig.Stack.Routes[FarAddress] = rig.Bond;
        rig.Answers = (port, frame) =>
        {
            if (port == dead || ArpPacket.Operation(frame.Payload) != ArpPacket.Request)
                return;
            // A switch: the other port hears the question, the asking one the answer.
            if (1 - port != dead)
                rig.FarNics[1 - port].Send(rig.World.Frames.Copy(frame));
            rig.FarNics[port].Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.HostMac, (Rig.FarMac, Rig.FarIp), (Rig.HostMac, Rig.HostIp)));
        };
        rig.Open();
        rig.RunTo(1050);
        dead = rig.Bond.Active!.Number;
        rig.RunTo(1800);
        rig.Bond.Active!.Number.ShouldBe(1 - dead);
        rig.Bond.HasCarrier.ShouldBeTrue();
        rig[dead].Health.ShouldBe(Health.Down);
        rig.End();
    }

    [Fact]
    public void Without_an_active_port_one_after_the_other_is_tried_for_an_interval_each()
    {
        var rig = With(Plain, _ => false, ports: 3);
        rig.RunTo(2050);
        rig.Arrived.Clear();
        rig.RunTo(2650);
        rig.Arrived.Select(came => came.Port).ShouldBe(Enumerable.Range(0, 6).Select(i => (rig.Arrived[0].Port + i) % 3));
        rig.Bond.Active.ShouldBeNull();
        rig.Bond.HasCarrier.ShouldBeFalse();
        rig.End();
    }

    [Fact]
    public void A_tried_port_that_is_answered_is_active_an_interval_later()
    {
        var works = -1;
        var rig = With(Plain, port => port == works, ports: 3);
        rig.RunTo(2050);
        works = 1;
        rig.RunTo(2450);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.Bond.HasCarrier.ShouldBeTrue();
        rig.End();
    }

    [Theory]
    [InlineData((int)ArpValidate.None, true)]
    [InlineData((int)ArpValidate.Filter, false)]
    [InlineData((int)ArpValidate.All, false)]
    public void Any_frame_proves_a_port_alive_unless_it_must_be_arp_or_the_targets_own(int validate, bool lives)
    {
        var rig = With(Plain with { ArpValidate = (ArpValidate)validate }, _ => false);
        rig.Every(20, () =>
        {
            rig.Back(0, Ethernet.Broadcast);
            rig.Back(1, Ethernet.Broadcast);
        });
        rig.RunTo(3000);
        (rig.Bond.Active is not null).ShouldBe(lives);
        rig.End();
    }

    [Theory]
    [InlineData(Rig.FarIp, Rig.HostIp, true)]
    [InlineData(0x0a000008u, Rig.HostIp, false)]
    [InlineData(Rig.FarIp, 0x0a000002u, false)]
    public void Validated_answers_are_those_of_a_target_to_an_address_of_ours(uint from, uint to, bool believed)
    {
        var rig = With(Plain with { ArpValidate = ArpValidate.All }, _ => false);
        rig.Every(20, () =>
        {
            foreach (var nic in rig.FarNics)
                nic.Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.HostMac, (Rig.FarMac, from), (Rig.HostMac, to)));
        });
        rig.RunTo(3000);
        (rig.Bond.Active is not null).ShouldBe(believed);
        rig.End();
    }

    [Fact]
    public void A_validated_backup_lives_by_the_question_that_the_switch_floods_to_it()
    {
        foreach (var floods in new[] { true, false })
        {
            var rig = With(Plain with { ArpValidate = ArpValidate.All }, floods: floods);
            rig.RunTo(3000);
            var backup = rig.Bond.Ports.Single(port => port != rig.Bond.Active);
            backup.Health.ShouldBe(floods ? Health.Up : Health.Down);
            rig.End();
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void All_targets_must_answer_where_that_is_said(bool all, bool lives)
    {
        var rig = With(Plain with { ArpTargets = [FarAddress, IPAddress.Parse("10.0.0.8")], ArpAllTargets = all, ArpValidate = ArpValidate.Active });
        rig.RunTo(3000);
        var changes = 0;
        rig.World.Listener = what => changes += what.Did == "active" ? 1 : 0;
        rig.RunTo(6000);
        (changes == 0 && rig.Bond.Active is not null).ShouldBe(lives);
        rig.End();
    }

    [Theory]
    [InlineData(2, 1300)]
    [InlineData(5, 1600)]
    public void Arp_missed_max_is_how_many_intervals_may_be_missed(long most, long down)
    {
        var rig = With(Plain with { Mode = BondLines.Xor, ArpMissedMax = most });
        rig.RunTo(1050);
        rig.Bond.Usable.Length.ShouldBe(2);
        rig.Answers = null;
        rig.RunTo(down - 1);
        rig.Bond.Usable.Length.ShouldBe(2);
        rig.RunTo(down);
        (rig.Bond.Usable.Length, rig.Bond.HasCarrier).ShouldBe((0, false));
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.RoundRobin)]
    [InlineData(BondLines.Xor)]
    [InlineData(BondLines.Broadcast)]
    public void Where_all_ports_carry_traffic_each_asks_and_each_must_be_answered(string mode)
    {
        var rig = With(Plain with { Mode = mode }, port => port == 1);
        rig.RunTo(2000);
        (rig[0].Health, rig[1].Health).ShouldBe((Health.Down, Health.Up));
        rig[0].IsBackup.ShouldBeTrue();
        rig.Arrived.Clear();
        rig.RunTo(3000);
        rig.Arrived.GroupBy(came => came.Port).Select(port => port.Count()).ShouldBe([10, 10]);
        rig.Arrived.Clear();
        rig.SendIp();
        rig.SendIp();
        rig.Run(1);
        rig.PortsOf().ShouldBe([1, 1]);
        rig.End();
    }

    [Fact]
    public void Notices_to_the_neighbours_go_one_an_interval()
    {
        var works = -1;
        var rig = With(Plain with { NumGratArp = 3 }, port => port == works);
        var above = new Listening(rig.Host);
        rig.Bond.Uppers.Add(above);
        rig.RunTo(2050);
        above.Heard.Clear();
        works = 1;
        rig.RunTo(5000);
        var at = above.Heard.Where(heard => heard.Change == Weft.Twin.Packets.Links.Change.NotifyPeers).Select(heard => heard.At).ToArray();
        at.Length.ShouldBe(3);
        (at[1] - at[0], at[2] - at[1]).ShouldBe((100, 100));
        rig.End();
    }

    [Fact]
    public void Without_targets_every_port_goes_down()
    {
        var rig = With(Plain with { Mode = BondLines.Xor, ArpTargets = [] });
        rig.RunTo(2000);
        rig.Bond.Usable.Length.ShouldBe(0);
        rig.End();
    }

    [Fact]
    public void A_neighbour_is_solicited_and_its_advertisement_believed()
    {
        IPAddress host = IPAddress.Parse("2001:db8::1"), target = IPAddress.Parse("2001:db8::99");
        var rig = new Rig(Plain with { ArpTargets = [], NsTargets = [target], ArpValidate = ArpValidate.All });
        rig.Stack.Addresses[rig.Bond] = host;
        rig.Stack.Routes[target] = rig.Bond;
        rig.Answers = (port, frame) =>
        {
            var answer = NeighbourFrame.Solicitation(rig.World, Rig.FarMac, IpAddr.Of(target), IpAddr.Of(host));
            answer.Destination = Rig.HostMac;
            host.TryWriteBytes(answer.Payload[24..40], out _);
            answer.Payload[40] = 136;
            rig.FarNics[port].Send(answer);
        };
        rig.Open();
        rig.RunTo(3000);
        rig.Bond.Active.ShouldNotBeNull();
        var asked = rig.Arrived[^1];
        (asked.To, asked.Type).ShouldBe((0x3333_ff00_0099UL, Ethernet.Ip6));
        new IPAddress(asked.Payload[8..24]).ShouldBe(host);
        new IPAddress(asked.Payload[24..40]).ShouldBe(IPAddress.Parse("ff02::1:ff00:99"));
        asked.Payload[7].ShouldBe((byte)255);
        Sum(asked.Payload).ShouldBe(0xffffu, "the checksum makes the sum of all words that");
        rig.End();
    }

    private static uint Sum(byte[] packet)
    {
        var sum = 58u + (uint)(packet.Length - 40);
        for (var i = 8; i < packet.Length; i += 2)
            sum += (uint)(packet[i] << 8 | packet[i + 1]);
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }
}
