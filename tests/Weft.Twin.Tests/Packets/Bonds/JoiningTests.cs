// Which MACs ports have once they have joined (bond_enslave): each is elected, or not, as it comes. As seen on 6.1.176, where all had carrier.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Time;
using Change = Weft.Twin.Packets.Links.Change;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class JoiningTests
{
    private const ulong Given = 0x0200_0000_0099, First = 0x0200_0000_0100;

    private static readonly BondOptions Follow = new(BondLines.ActiveBackup) { FailOverMac = FailOverMac.Follow }, Alb = new(BondLines.Alb), Tlb = new(BondLines.Tlb);

    private static string Macs(Rig rig) => string.Join(' ', rig.Nics.Select(nic => nic.Mac == Given ? "given" : $"{nic.Mac - First}"));

    private static Rig Joined(BondOptions options, ulong mac, string primary, bool isWatched)
    {
        var rig = new Rig(options with { Primary = primary, Miimon = isWatched ? 100 * VirtualTime.Millisecond : 0 }, ports: 3, bondMac: mac, macs: i => First + (ulong)i);
        var above = new Listening(rig.Host);
        rig.Bond.Uppers.Add(above);
        rig.Open();
        rig.Run(350);
        above.Count(Change.NotifyPeers).ShouldBe(0, "nobody is told of what was before the bond was opened");
        return rig;
    }

    public static TheoryData<string, ulong, string, string> Cases => new()
    {
        { "follow", Given, "", "given 1 2" },
        { "follow", Given, "eth1", "1 given 2" },
        { "follow", First + 1, "", "1 1 2" },
        { "alb", Given, "eth1", "1 given 2" },
        { "alb", First, "eth1", "1 0 2" },
        { "alb", First + 1, "", "1 0 2" },
        { "alb", First + 2, "eth1", "1 2 0" },
        { "tlb", Given, "eth1", "1 given 2" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ports_are_elected_one_by_one_and_macs_go_with_that(string mode, ulong mac, string primary, string macs)
    {
        var options = mode switch { "follow" => Follow, "alb" => Alb, _ => Tlb };
        foreach (var isWatched in new[] { true, false })
        {
            var rig = Joined(options, mac, primary, isWatched);
            Macs(rig).ShouldBe(macs, isWatched ? "with a monitor" : "without one");
            rig.Bond.Active.ShouldBe(rig[primary == "eth1" ? 1 : 0]);
            rig.Bond.Close();
            rig.End();
        }
    }

    [Fact]
    public void A_port_without_carrier_is_elected_when_a_poll_finds_one_and_keeps_its_mac_until_then()
    {
        var rig = new Rig(Alb with { Miimon = 100 * VirtualTime.Millisecond, Primary = "eth0" }, ports: 3, bondMac: Given, macs: i => First + (ulong)i);
        rig.Cables[0].Break();
        rig.Open();
        rig.Run(350);
        Macs(rig).ShouldBe("0 given 2");
        rig.Cables[0].Mend();
        rig.Run(200);
        Macs(rig).ShouldBe("given 0 2");
        rig.Bond.Close();
        rig.End();
    }

    [Fact]
    public void Opened_again_nothing_moves()
    {
        var rig = Joined(Follow, Given, "eth1", isWatched: true);
        rig.Bond.Close();
        rig.Run(200);
        rig.Bond.Open();
        rig.Run(200);
        Macs(rig).ShouldBe("1 given 2");
        rig.End();
    }
}
