// Looking at a host, beside a plain dump of the same tables whose bytes nobody reads.

using System.Diagnostics;
using Weft.Linux;
using Weft.Netlink;

namespace Weft.Bench;

internal static class Looking
{
    /// <summary>The requests that observing sends, encoded.</summary>
    public static IReadOnlyList<byte[]> Dumps { get; } =
    [
        .. new[]
        {
            Netlink.Dumps.Links(), Netlink.Dumps.Addresses(0), Netlink.Dumps.Routes(0), Netlink.Dumps.Rules(0), Netlink.Dumps.BridgeVlans(),
            Netlink.Dumps.Neighbours(Families.Bridge), Netlink.Dumps.Groups(), Netlink.Dumps.Neighbours(0), Netlink.Dumps.Proxies(), Netlink.Dumps.Nexthops(), Netlink.Dumps.Qdiscs(), Netlink.Dumps.Nsids(),
        }.Select(request => MessageCodec.Encode(new(0, request.Type, request.Flags | MessageFlags.Request | MessageFlags.Dump, 1, 0), request.Body)),
    ];

    public static int Run(int times)
    {
        for (var time = 0; time < times; time++)
        {
            var start = Stopwatch.GetTimestamp();
            using var socket = new FloorSocket();
            var bytes = Dumps.Sum(socket.Dump);
            var plain = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            using var kernel = LinuxKernel.Open();
            var links = kernel.Observe().Host.Links.Length;
            var looked = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Console.WriteLine($"{links} links: plain dump {plain:0.0} ms ({bytes >> 10} KiB), observe {looked:0.0} ms, ratio {looked / plain:0.00}");
        }
        return 0;
    }
}
