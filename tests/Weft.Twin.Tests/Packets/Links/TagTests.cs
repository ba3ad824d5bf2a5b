// Tags that nobody wants (check_vlan_id in __netif_receive_skb_core), and VLANs whose link goes down and up.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Tests.Packets.Bridges;

namespace Weft.Twin.Tests.Packets.Links;

public sealed class TagTests
{
    [Fact]
    public void Behind_an_unwanted_tag_nothing_is_looked_for()
    {
        var host = new Host();
        var ear = new Ear(host.Vlan(6));
        host.Say(Host.NicMac, Host.FarMac, 5, 6);
        ear.Frames.ShouldBeEmpty();
        host.Say(Host.NicMac, Host.FarMac, 6, 5);
        ear.Frames.ShouldHaveSingleItem();
        host.Say(Host.NicMac, Host.FarMac, 6);
        ear.Frames.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("6.1", 1)]
    [InlineData("5.15", 1)]
    [InlineData("4.18", 0)]
    public void Behind_a_priority_tag_a_vlan_is_found_by_kernels_since_5_2(string kernel, int found)
    {
        var host = new Host(KernelVersion.All.Single(one => one.Name == kernel));
        var ear = new Ear(host.Vlan(6));
        host.Say(Host.NicMac, Host.FarMac, 3 << 13, 6);
        ear.Frames.Count.ShouldBe(found);
        host.Say(Host.NicMac, Host.FarMac, 3 << 13, 3 << 13, 6);
        ear.Frames.Count.ShouldBe(2 * found);
    }

    [Fact]
    public void Whoever_took_the_link_over_is_asked_once()
    {
        var host = new Host();
        var asked = new Asked();
        host.Nic.Receiver = asked;
        host.Say(Host.NicMac, Host.FarMac, 3 << 13, 7);
        asked.Tags.ShouldBe([3 << 13]);
    }

    [Fact]
    public void All_vlans_come_up_with_their_link_also_one_that_was_down_before()
    {
        var host = new Host();
        var (up, down) = (host.Vlan(5), host.Vlan(6, opens: false));
        var loose = host.Vlan(7);
        loose.IsLoose = true;
        host.Nic.Close();
        (up.IsUp, down.IsUp, loose.IsUp).ShouldBe((false, false, true));
        host.Nic.Open();
        (up.IsUp, down.IsUp, loose.IsUp).ShouldBe((true, true, true));
        (up.HasCarrier, down.HasCarrier, loose.HasCarrier).ShouldBe((true, true, true));
    }

    private sealed class Asked : IReceiver
    {
        public List<int> Tags { get; } = [];

        public bool Take(Frame frame)
        {
            Tags.Add(frame.Tag);
            return false;
        }
    }
}
