// MACVLANs: who of a link's faces hears what the others say, by their modes, and what follows when the link goes down.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Weft.Twin.Tests.Packets.Bonds;
using Weft.Twin.Tests.Packets.Bridges;

namespace Weft.Twin.Tests.Packets.Links;

public sealed class MacvlanTests
{
    private static readonly string[] Modes = ["private", "vepa", "bridge"];

    private static ulong Mac(int number) => 0x0200_0000_0100 + (ulong)number;

    /// <summary>Two faces of each mode that may stand together, and what each of them heard, by name.</summary>
    private static (Host Host, MacvlanDev[] Faces, Func<string> Heard) Six()
    {
        var host = new Host();
        var faces = Enumerable.Range(0, 6).Select(i => host.Macvlan($"{Modes[i / 2][0]}{i % 2}", Mac(i), Modes[i / 2])).ToArray();
        var ears = faces.Select(face => new Ear(face)).ToArray();
        return (host, faces, () =>
        {
            var heard = string.Join(' ', faces.Zip(ears).SelectMany(pair => Enumerable.Repeat(pair.First.Name, pair.Second.Frames.Count)));
            foreach (var ear in ears)
                ear.Frames.Clear();
            return heard;
        });
    }

    [Fact]
    public void Everybody_hears_a_broadcast_of_others()
    {
        var (host, _, heard) = Six();
        host.Say(Ethernet.Broadcast);
        heard().ShouldBe("p0 p1 v0 v1 b0 b1");
        host.Nic.Received.ShouldBe(1);
    }

    /// <summary>macvlan_broadcast, macvlan_process_broadcast: what a face sent, as it leaves and when a switch sends it back.</summary>
    [Theory]
    [InlineData(0, "", "p0")]
    [InlineData(2, "", "v1 b0 b1")]
    [InlineData(4, "b1", "v0 v1")]
    public void A_faces_own_broadcast_is_heard_by_mode(int from, string leaving, string back)
    {
        var (host, faces, heard) = Six();
        host.Send(faces[from], Ethernet.Broadcast);
        heard().ShouldBe(leaving);
        host.AtFar.Frames.Count.ShouldBe(1);
        host.Say(Ethernet.Broadcast, from: Mac(from));
        heard().ShouldBe(back);
    }

    [Fact]
    public void A_face_that_is_down_is_nobody()
    {
        var (host, faces, heard) = Six();
        faces[4].Close();
        host.Send(faces[5], Mac(4));
        host.AtFar.Frames.ShouldHaveSingleItem("it is looked for outside");
        host.Say(Mac(4));
        heard().ShouldBe("");
    }

    [Fact]
    public void In_mode_bridge_a_frame_to_another_face_comes_to_the_link_first_and_so_to_its_vlans()
    {
        var (host, faces, heard) = Six();
        host.Send(faces[4], Mac(5));
        heard().ShouldBe("b1");
        host.AtFar.Frames.ShouldBeEmpty();
        var (onFace, onLink) = (new VlanDev(host.Machine, "b0.7", 40, faces[4], 7, isService: false), host.Vlan(7));
        onFace.StartWith(Mac(4));
        onFace.Open();
        var ear = new Ear(onLink);
        host.Send(onFace, Mac(5));
        (heard(), ear.Frames.Count).ShouldBe(("", 1));
    }

    [Fact]
    public void It_stays_up_while_its_link_is_down_and_has_its_carrier_again_with_it()
    {
        var (host, faces, heard) = Six();
        host.Nic.Close();
        (faces[4].IsUp, faces[4].HasCarrier).ShouldBe((true, false));
        host.Send(faces[4], Host.FarMac);
        host.Nic.Dropped.ShouldBe(1);
        host.Nic.Open();
        (faces[4].IsUp, faces[4].HasCarrier).ShouldBe((true, true));
        host.Send(faces[4], Host.FarMac).Say(Mac(4));
        (host.AtFar.Frames.Count, heard()).ShouldBe((1, "b0"));
    }

    [Fact]
    public void A_passthru_takes_its_links_mac_and_tells_nobody_but_who_gives_it_one_tells_all()
    {
        var host = new Host();
        var whole = host.Macvlan("whole", Host.NicMac, "passthru");
        var above = new Listening(host.Machine);
        whole.Uppers.Add(above);
        host.Nic.SetMac(Mac(1));
        (whole.Mac, above.Count(Change.Address)).ShouldBe((Mac(1), 0));
        whole.SetMac(Mac(2));
        (host.Nic.Mac, whole.Mac, above.Count(Change.Address)).ShouldBe((Mac(2), Mac(2), 1));
        whole.SetMac(Mac(2));
        above.Count(Change.Address).ShouldBe(2, "also the one that it has");
    }

    [Fact]
    public void A_passthru_takes_everything_that_comes_and_drops_it_while_it_is_down()
    {
        var host = new Host();
        var ear = new Ear(host.Macvlan("whole", Host.NicMac, "passthru"));
        host.Say(Mac(9));
        ear.Casts.ShouldBe([Cast.Host]);
        ((MacvlanDev)host.Nic.Uppers[0]).Close();
        host.Say(Mac(9));
        host.Nic.Uppers[0].Dropped.ShouldBe(1);
    }

    [Fact]
    public void One_of_mode_source_hears_nobody()
    {
        var host = new Host();
        var ear = new Ear(host.Macvlan("source", Mac(1), "source"));
        host.Say(Mac(1)).Say(Ethernet.Broadcast);
        ear.Frames.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_allocated_for_a_frame()
    {
        var host = new Host();
        var faces = Enumerable.Range(0, 3).Select(i => host.Macvlan($"b{i}", Mac(i), "bridge")).ToArray();
        var ears = faces.Select(face => new Ear(face) { Remembers = false }).ToArray();
        host.AtFar.Remembers = false;
        Run();
        Cost.Of(Run).ShouldBe(0);
        ears[2].Count.ShouldBeGreaterThanOrEqualTo(1000);
        (ears[0].Count, ears[1].Count).ShouldBe((0, 2 * ears[2].Count));

        void Run()
        {
            for (var i = 0; i < 500; i++)
            {
                faces[0].Send(host.Make(Mac(1), Mac(0)));
                faces[0].Send(host.Make(Ethernet.Broadcast, Mac(0)));
                host.World.Time.RunUntil(host.World.Time.Now + (10 * VirtualTime.Microsecond));
            }
        }
    }
}
