// What the kernel holds after a job, as one short word: contenders that did the same work have the same. Indexes are theirs to
// choose and counters move, so neither is part of it; IPv6 addresses that the kernel makes of MACs are.

using System.Security.Cryptography;
using System.Text;
using Weft.Netlink;

namespace Weft.Bench;

internal static class State
{
    /// <summary>A digest of links and addresses of this namespace.</summary>
    public static string Word()
    {
        var lines = Lines();
        if (Environment.GetEnvironmentVariable("WEFT_BENCH_STATE") is { } folder)
            File.WriteAllLines(Path.Combine(folder, $"state-{Environment.ProcessId}-{lines.Count}.txt"), lines);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..12];
    }

    /// <summary>A link that is up and has no carrier yet, or speaks IPv6 and has no address that is sure; null where all have.</summary>
    public static string? Unsettled()
    {
        var sure = Addresses().Where(address => address.Header.Family == Families.Inet6 && (address.Flags & Tentative) == 0).Select(address => address.Header.Index).ToHashSet();
        return Links().FirstOrDefault(link => link.Header.Flags.HasFlag(LinkFlags.Up) && !link.Header.Flags.HasFlag(LinkFlags.Loopback)
            && (link.Operstate != OperUp || (!HasNoIpv6(link) && !sure.Contains(link.Header.Index))))?.Name;
    }

    private const byte OperUp = 6;

    private static bool HasNoIpv6(LinkMessage link) => BitConverter.ToInt32(link.Families?.Inet6?.Conf ?? new byte[256], DisableIpv6 * 4) != 0;

    /// <summary>The index of each link.</summary>
    public static Dictionary<string, int> Indexes() => Links().ToDictionary(message => message.Name!, message => message.Header.Index, StringComparer.Ordinal);

    private const uint Tentative = 0x40;
    private const int DisableIpv6 = 26;

    private static List<string> Lines()
    {
        var links = Links();
        var names = links.ToDictionary(message => message.Header.Index, message => message.Name!);
        string Name(int? index) => index is { } some && names.TryGetValue(some, out var name) ? name : "-";
        return
        [
            .. links.Select(message => $"{message.Name} {message.Info?.Kind} {message.Info?.Vlan?.Id} {message.Info?.Bridge?.VlanFiltering} {message.Header.Flags.HasFlag(LinkFlags.Up)} {message.Mtu} {message.Address} "
                + $"{Name(message.Master)} {Name(message.Link)} ipv6 {!HasNoIpv6(message)}").Order(StringComparer.Ordinal),
            .. Ask(socket => socket.DumpBridgeVlans()).Where(message => message.Bridge?.VlanInfos is not null)
                .Select(message => $"{Name(message.Header.Index)} carries {string.Join(' ', message.Bridge!.VlanInfos!)}").Order(StringComparer.Ordinal),
            .. Addresses().Select(message => $"{Name(message.Header.Index)} {(message.Local ?? message.Address)}/{message.Header.PrefixLength}").Order(StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<LinkMessage> Links() => Ask(socket => socket.DumpLinks());
    private static IReadOnlyList<AddressMessage> Addresses() => Ask(socket => socket.DumpAddresses());

    private static IReadOnlyList<T> Ask<T>(Func<RouteSocket, Dumped<T>> ask)
    {
        if (!RouteSocket.TryOpen(null, out var socket, out var failure))
            throw new InvalidOperationException(failure.ToString());
        using (socket)
        {
            var dump = ask(socket);
            return dump.IsComplete ? dump.Messages : throw new InvalidOperationException($"{dump.Failure}{dump.Refusal}");
        }
    }
}
