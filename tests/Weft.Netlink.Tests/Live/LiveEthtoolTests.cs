// Hardware settings on the kernel that this runs on: of a veth, which has features and channels.
namespace Weft.Netlink.Tests;

[Trait("needs", "kernel")]
public class LiveEthtoolTests
{
    [Fact]
    public void Features_and_channels_of_a_veth_are_told_and_set()
    {
        OwnNamespace.Run(() =>
        {
            OwnNamespace.Tool("ip", "-batch -", "link add v0 numtxqueues 4 numrxqueues 4 type veth peer name w0 numtxqueues 4 numrxqueues 4\n");
            GenericSocket.TryOpen(null, out var socket, out _).ShouldBeTrue();
            RouteSocket.TryOpen(null, out var route, out _).ShouldBeTrue();
            using (route)
            using (socket)
            {
                var index = route!.DumpLinks().Messages.Single(link => link.Name == "v0").Header.Index;
                var family = socket!.Family(EthtoolCommands.Family).ShouldNotBeNull();
                socket.Family("no-such-family").ShouldBeNull();
                socket.Execute(
                    EthtoolCommands.Set(family, EthtoolCommands.Features, index, new FeaturesMessage { Wanted = EthtoolBits.Switching([("tx-tcp-segmentation", false), ("rx-gro", true)]) }),
                    EthtoolCommands.Set(family, EthtoolCommands.Channels, index, new ChannelsMessage { Rx = 3 })).AllAccepted.ShouldBeTrue();
                var answers = socket.Execute(EthtoolCommands.Ask(family, EthtoolCommands.Features, index), EthtoolCommands.Ask(family, EthtoolCommands.Channels, index), EthtoolCommands.Ask(family, EthtoolCommands.Rings, index)).Each;
                var features = MessageCodec.Decode<FeaturesMessage>(answers[0].Reply).Active!.On.ToList();
                features.ShouldContain("rx-gro");
                features.ShouldNotContain("tx-tcp-segmentation");
                MessageCodec.Decode<ChannelsMessage>(answers[1].Reply).Rx.ShouldBe(3u);
                answers[2].Refusal!.ErrnoName.ShouldBe("EOPNOTSUPP");
            }

            return 0;
        }).ShouldBe(0);
    }
}
