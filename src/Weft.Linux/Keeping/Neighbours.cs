// Neighbours that somebody entered: permanent ones, those that a routing daemon taught (extern_learn) or has the kernel keep
// fresh (managed), and proxies. What the kernel found out by itself, it finds out again.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Neighbours
{
    private const ushort Permanent = 0x80;
    private const byte Proxy = 0x08, ExternLearned = 0x10, Offloaded = 0x20, Router = 0x80;
    private const uint Managed = 1;
    private const ushort Cacheinfo = 3, Probes = 4;

    public static IEnumerable<Kept> Of(IEnumerable<ReadOnlyMemory<byte>> dump, Names names)
    {
        foreach (var raw in dump.Where(raw => raw.Length >= MessageHeader.Size + NeighbourHeader.Size))
        {
            var header = NeighbourHeader.Read(raw.Span[MessageHeader.Size..]);
            var entry = new NeighbourMessage { Raw = raw };
            if (header.Family is Families.Inet or Families.Inet6 && names.Of(header.Index) is { } link && !MessageCodec.Read(raw.Span, entry).IsError && IsSomebodys(entry))
                yield return Keep(entry, link);
        }
    }

    private static bool IsSomebodys(NeighbourMessage entry) =>
        entry.Dst is not null && ((entry.Header.State & Permanent) != 0 || (entry.Header.Flags & (Proxy | ExternLearned)) != 0 || ((entry.FlagsExt ?? 0) & Managed) != 0);

    private static Kept Keep(NeighbourMessage entry, string link)
    {
        var message = Replay.Request(entry.Raw.Span, NeighbourHeader.Size, MessageType.NewNeighbour, MessageFlags.Create | MessageFlags.Replace, Cacheinfo, Probes);
        var header = entry.Header;
        header.Flags = (byte)(header.Flags & ~Offloaded);
        header.Write(message.AsSpan(MessageHeader.Size));
        return new(KeptKind.Neighbour, link, Words(entry, link)) { Message = new(message), Indexes = [(Replay.IndexPlace, link)] };
    }

    /// <summary>As `ip neighbour` prints it.</summary>
    private static string Words(NeighbourMessage entry, string link)
    {
        var flags = entry.Header.Flags;
        return $"neighbour {entry.Dst} dev {link}{(entry.Lladdr is { } mac ? $" lladdr {mac}" : "")}{((flags & Router) != 0 ? " router" : "")}{((flags & Proxy) != 0 ? " proxy" : "")}"
            + $"{((flags & ExternLearned) != 0 ? " extern_learn" : "")}{(((entry.FlagsExt ?? 0) & Managed) != 0 ? " managed" : "")}{((entry.Header.State & Permanent) != 0 ? " PERMANENT" : "")}";
    }
}
