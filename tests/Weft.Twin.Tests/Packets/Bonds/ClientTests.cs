// What balance-alb tells its IPv4 neighbours: whose frames come back over which port, and how they learn it.

using System.Net;
using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Alb;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class ClientTests
{
    /// <summary>Neighbour number 1, 2, …: addresses that do not share a place in the table.</summary>
    private static (ulong Mac, uint Address) Neighbour(int number) => (Rig.FarMac + 0x100 * (ulong)number, 0x0a000040u + (uint)number);

    private static Rig Ready()
    {
        var rig = new Rig(new(BondLines.Alb) { Miimon = 100 * VirtualTime.Millisecond }, macs: i => Rig.HostMac + (ulong)i).Open();
        rig.RunTo(1550);
        rig.Arrived.Clear();
        return rig;
    }

    private static ClientTable Of(Rig rig) => ((Balancing)rig.Bond.Mode).Clients!;

    private static void Reply(Rig rig, int number, ulong from = Rig.HostMac, int tag = Frame.NoTag)
    {
        var (mac, address) = Neighbour(number);
        var frame = ArpFrame.New(rig.World, ArpPacket.Reply, mac, (from, Rig.HostIp), (mac, address));
        frame.Tag = tag;
        rig.Bond.Send(frame);
        rig.Run(1);
    }

    private static void Ask(Rig rig, int number)
    {
        rig.Bond.Send(ArpFrame.New(rig.World, ArpPacket.Request, Ethernet.Broadcast, (Rig.HostMac, Rig.HostIp), (0, Neighbour(number).Address)));
        rig.Run(1);
    }

    private static Came[] Arps(Rig rig) => [.. rig.Arrived.Where(came => came.Type == Ethernet.Arp)];

    [Fact]
    public void Replies_name_one_port_after_the_other_and_leave_by_it()
    {
        var rig = Ready();
        for (var number = 1; number <= 4; number++)
            Reply(rig, number);
        var arps = Arps(rig);
        arps.Select(came => came.Port).Distinct().Count().ShouldBe(2);
        for (var i = 1; i < 4; i++)
            arps[i].Port.ShouldBe(1 - arps[i - 1].Port);
        arps.ShouldAllBe(came => came.MacAt(8) == Rig.HostMac + (ulong)came.Port && came.From == came.MacAt(8));
        rig.End();
    }

    [Fact]
    public void A_neighbour_keeps_its_port()
    {
        var rig = Ready();
        Reply(rig, 1);
        Reply(rig, 2);
        Reply(rig, 1);
        var arps = Arps(rig);
        arps[2].Port.ShouldBe(arps[0].Port);
        rig.End();
    }

    [Fact]
    public void Arp_of_others_goes_over_the_active_port_as_it_is()
    {
        var rig = Ready();
        Reply(rig, 1, from: 0x5254_0000_0001);
        Reply(rig, 2, from: 0x5254_0000_0001);
        Arps(rig).ShouldAllBe(came => came.Port == 0 && came.MacAt(8) == 0x5254_0000_0001 && came.From == 0x5254_0000_0001);
        rig.End();
    }

    [Fact]
    public void So_does_arp_for_an_address_of_a_bridge_though_its_mac_is_the_bonds()
    {
        var rig = Ready();
        rig.Stack.Addresses[new Bridge(rig.Host, "br0", 200, new())] = IPAddress.Parse("10.0.0.1");
        for (var number = 1; number <= 3; number++)
            Reply(rig, number);
        Arps(rig).ShouldAllBe(came => came.Port == 0 && came.MacAt(8) == Rig.HostMac);
        Of(rig).PortOf(Neighbour(1).Address).ShouldBeNull();
        rig.End();
    }

    [Fact]
    public void A_neighbour_that_answers_is_told_of_its_port_two_seconds_after_the_question()
    {
        var rig = Ready();
        Ask(rig, 1);
        Ask(rig, 2);
        foreach (var number in new[] { 1, 2 })
            rig.FarNics[0].Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.HostMac, Neighbour(number), (Rig.HostMac, Rig.HostIp)));
        rig.Run(1);
        rig.Arrived.Clear();
        var asked = rig.Now;
        rig.Run(1900);
        Arps(rig).ShouldBeEmpty();
        rig.Run(300);
        var told = Arps(rig);
        told.Length.ShouldBe(4, "two of each");
        told.ShouldAllBe(came => came.Operation == ArpPacket.Reply && came.MacAt(8) == Rig.HostMac + (ulong)came.Port && came.Millisecond - asked >= 1900);
        told.Select(came => came.Word(24)).Distinct().Order().ShouldBe([Neighbour(1).Address, Neighbour(2).Address]);
        told.Select(came => came.Port).Distinct().Count().ShouldBe(2);
        rig.Arrived.Clear();
        rig.Run(5000);
        Arps(rig).ShouldBeEmpty("once they know it, they are left alone");
        rig.End();
    }

    [Fact]
    public void Neighbours_are_not_told_more_often_than_every_two_seconds()
    {
        var rig = Ready();
        Reply(rig, 1);
        rig.Run(150);
        Arps(rig).Length.ShouldBe(3, "the answer itself, and twice at the next tick");
        Reply(rig, 2);
        rig.Arrived.Clear();
        rig.Run(1900);
        Arps(rig).ShouldBeEmpty();
        rig.Run(300);
        Arps(rig).Length.ShouldBe(2);
        rig.End();
    }

    [Fact]
    public void A_question_makes_those_be_told_again_who_send_to_another_port_than_the_active_one()
    {
        var rig = Ready();
        for (var number = 1; number <= 4; number++)
            Reply(rig, number);
        rig.Run(10_000);
        rig.Arrived.Clear();
        Ask(rig, 9);
        rig.Run(4000);
        var told = Arps(rig).Where(came => came.Operation == ArpPacket.Reply).ToArray();
        told.Length.ShouldBe(4);
        told.ShouldAllBe(came => came.Port == 1);
        rig.End();
    }

    [Fact]
    public void An_update_has_the_tag_of_the_neighbours_vlan()
    {
        var rig = Ready();
        Reply(rig, 1, tag: 5);
        rig.Arrived.Clear();
        rig.Run(3000);
        Arps(rig).ShouldAllBe(came => came.Tag == 5);
        Arps(rig).Length.ShouldBe(2);
        rig.End();
    }

    [Fact]
    public void A_port_that_fails_leaves_its_neighbours_to_the_others_which_tell_them_and_try_again()
    {
        var rig = Ready();
        for (var number = 1; number <= 4; number++)
            Reply(rig, number);
        rig.RunTo(20_030);
        rig.Arrived.Clear();
        rig.Cables[1].Break();
        rig.RunTo(20_150);
        for (var number = 1; number <= 4; number++)
            Of(rig).PortOf(Neighbour(number).Address).ShouldBe(rig[0]);
        rig.Arrived.ShouldContain(came => came.Port == 0 && came.Type == Ethernet.Loopback && came.From == Rig.HostMac + 1, "the switch learns the dead port's MAC at the active one");
        rig.RunTo(40_000);
        var told = Arps(rig);
        told.ShouldAllBe(came => came.Port == 0 && came.MacAt(8) == Rig.HostMac);
        told.Length.ShouldBe(16, "the two of the dead port are told twice, and three times more");
        rig.End();
    }

    [Fact]
    public void A_new_active_port_tells_all_neighbours_again_under_the_bonds_mac()
    {
        var rig = Ready();
        for (var number = 1; number <= 4; number++)
            Reply(rig, number);
        rig.RunTo(20_030);
        rig.Arrived.Clear();
        rig.Cables[0].Break();
        rig.RunTo(20_150);
        rig.Arrived.Where(came => came.Type == Ethernet.Loopback && came.Millisecond == 20_100).Select(came => (came.Port, came.From)).ShouldBe([(1, Rig.HostMac), (1, Rig.HostMac + 1)],
            "the switch learns at once that both MACs are there");
        rig.RunTo(40_000);
        var told = Arps(rig);
        told.ShouldAllBe(came => came.Port == 1 && came.MacAt(8) == Rig.HostMac);
        told.Length.ShouldBe(32, "four neighbours, twice each, and three times more, as 6.1.176 was seen to do");
        rig.End();
    }

    [Fact]
    public void A_port_that_comes_takes_its_share_of_the_neighbours()
    {
        var rig = Ready();
        rig.Cables[1].Break();
        rig.RunTo(2050);
        for (var number = 1; number <= 4; number++)
            Reply(rig, number);
        rig.Cables[1].Mend();
        rig.RunTo(3050);
        Enumerable.Range(1, 4).Select(number => Of(rig).PortOf(Neighbour(number).Address)!.Number).Order().ShouldBe([0, 0, 1, 1]);
        rig.End();
    }

    [Fact]
    public void A_neighbour_that_loses_its_place_to_another_is_sent_to_the_active_port()
    {
        var rig = Ready();
        Reply(rig, 1);
        Reply(rig, 2);
        var mine = Enumerable.Range(1, 2).Single(number => Of(rig).PortOf(Neighbour(number).Address) == rig[1]);
        rig.Run(5000);
        rig.Arrived.Clear();
        // The same bytes in another order, and so the same place.
        var (_, address) = Neighbour(mine);
        rig.Bond.Send(ArpFrame.New(rig.World, ArpPacket.Reply, 0x02_88, (Rig.HostMac, Rig.HostIp), (0x02_88, (address << 24) | (address >> 24))));
        rig.Run(1);
        Arps(rig).Take(2).ShouldAllBe(came => came.Port == 0 && came.Word(24) == address && came.MacAt(8) == Rig.HostMac);
        Of(rig).PortOf(address).ShouldBeNull();
        rig.End();
    }

    [Fact]
    public void An_address_that_was_ours_and_is_anothers_is_told_to_nobody_any_more()
    {
        var rig = Ready();
        Reply(rig, 1);
        rig.FarNics[0].Send(ArpFrame.New(rig.World, ArpPacket.Request, Ethernet.Broadcast, (0x02_88, Rig.HostIp), (0, Neighbour(1).Address)));
        rig.Run(1);
        Of(rig).PortOf(Neighbour(1).Address).ShouldBeNull();
        rig.End();
    }

    [Fact]
    public void What_comes_for_another_ports_mac_reaches_a_bridge_above_under_the_bonds()
    {
        var rig = Ready();
        rig.Bond.Master = new Bridge(rig.Host, "br0", 200, new());
        rig.Back(1, Rig.HostMac + 1);
        rig.Run(1);
        rig.Taken[^1].To.ShouldBe(Rig.HostMac);
        rig.End();
    }
}
