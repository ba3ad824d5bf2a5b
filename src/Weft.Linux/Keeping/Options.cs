// Options of bridge ports that no host file says, where somebody set one: the port that takes over for another.
// Surprise: the kernel takes a port's options only in the message that makes links (RTM_NEWLINK), and only with the master's kind.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Options
{
    private const ushort InfoAttribute = 18, PortDataAttribute = 5, BackupPortAttribute = 34;

    public static IEnumerable<Kept> Of(LinkMessage link, string name, Names names)
    {
        if (link.Info?.BridgePort?.BackupPort is > 0 and var backup && link.Master is { } index && names.Of(index) is { } master && names.Of(backup) is { } other)
            yield return Keep($"backup_port {other} dev {name} master {master}", name, master, new() { PortKind = "bridge", BridgePort = new() { BackupPort = backup } }, names);
    }

    private static Kept Keep(string words, string name, string? master, LinkInfo info, Names names)
    {
        var message = MessageCodec.Encode(new(0, MessageType.NewLink, MessageFlags.Request, 0, 0), new LinkMessage { Info = info });
        return new(KeptKind.Mark, name, words)
        {
            Master = master,
            Message = new(message),
            Indexes = [(Replay.IndexPlace, name), .. Replay.Index(message, Replay.Place(message, LinkHeader.Size, InfoAttribute, PortDataAttribute, BackupPortAttribute), names)],
        };
    }
}
