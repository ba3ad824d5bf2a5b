// What the codec costs: nothing is allocated once the objects and buffers are there.
namespace Weft.Netlink.Tests;

public class CostTests
{
    [Fact]
    public void Writing_and_reading_into_used_objects_allocates_nothing()
    {
        var link = new LinkMessage
        {
            Header = { Index = 5, Flags = LinkFlags.Up },
            Name = "bond0",
            Mtu = 9000,
            Address = HardwareAddress.Parse("02:00:00:00:00:01"),
            Info = new LinkInfo
            {
                Kind = "bond",
                Bond = new BondData { Mode = 4, Miimon = 100, ArpIpTarget = [InetAddress.Parse("10.0.0.1")], AdInfo = new BondAdInfo { Aggregator = 1 } },
            },
        };
        var read = new LinkMessage();
        var address = new AddressMessage { Header = { Family = Families.Inet, PrefixLength = 24 }, Local = InetAddress.Parse("10.0.0.5"), Cacheinfo = new AddressCacheInfo(1, 2, 3, 4) };
        var readAddress = new AddressMessage();
        var buffer = new byte[4096];
        long allocated = 0;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2000; i++)
            {
                var length = MessageCodec.Write(buffer, new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), link, out _);
                MessageCodec.Read(buffer.AsSpan(0, length), read);
                length = MessageCodec.Write(buffer, new MessageHeader(0, MessageType.NewAddress, MessageFlags.None, 1, 0), address, out _);
                MessageCodec.Read(buffer.AsSpan(0, length), readAddress);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        allocated.ShouldBe(0);
        read.Info!.Bond!.ArpIpTarget.ShouldBe([InetAddress.Parse("10.0.0.1")]);
        readAddress.Local.ShouldBe(InetAddress.Parse("10.0.0.5"));
    }
}
