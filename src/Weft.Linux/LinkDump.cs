// The links of a dump. The names come first, for links speak of each other by index; then each message is read into the one
// object that serves all of them, and what is wanted of it is taken.

using Weft.Apply;
using Weft.Linux.Keeping;
using Weft.Model;
using Weft.Netlink;
using Port = Weft.Model.Port;

namespace Weft.Linux;

/// <summary>Links as far as their own messages tell.</summary>
internal sealed class LinkDump(Names names, Sysctls usual)
{
    private const ushort NameAttribute = 3;

    private readonly Dictionary<int, Link> byIndex = [];
    private readonly Dictionary<int, List<PortAt>> ports = [];

    public List<Seen> Seen { get; } = [];

    /// <summary>What is on the links themselves and no file declares, their settings under /proc/sys included.</summary>
    public List<Kept> Marks { get; } = [];

    /// <summary>Reads a dump, and the names of its links into the names it was made with.</summary>
    /// <returns>Why a message could not be read; null where all could.</returns>
    public Refusal? Read(IReadOnlyList<ReadOnlyMemory<byte>> dump)
    {
        names.Clear();
        foreach (var raw in dump)
            if (raw.Length >= MessageHeader.Size + LinkHeader.Size)
                names.Put(LinkHeader.Read(raw.Span[MessageHeader.Size..]).Index, Replay.Word(Replay.Payload(raw.Span, LinkHeader.Size, NameAttribute), 0));
        var message = new LinkMessage();
        foreach (var raw in dump)
        {
            message.Raw = raw;
            if (MessageCodec.Read(raw.Span, message) is { IsError: true } error)
                return Refused.By(new SocketFailure("decode", 0, error.ToString()));
            Take(message);
        }
        foreach (var list in ports.Values)
            list.Sort((one, other) => one.Index.CompareTo(other.Index));
        return null;
    }

    public Link Of(Seen seen) => byIndex[seen.Index];

    /// <summary>The ports of a master, in the order of their indexes.</summary>
    public IReadOnlyList<PortAt> PortsOf(Seen master) => ports.GetValueOrDefault(master.Index) ?? [];

    private void Take(LinkMessage message)
    {
        var seen = new Seen(message);
        Seen.Add(seen);
        byIndex[seen.Index] = LinkReading.Of(message, names);
        Marks.AddRange(Keeping.Marks.Of(message, seen.Name ?? ""));
        Marks.AddRange(Options.Of(message, seen.Name ?? "", names));
        usual.Tell(message, seen.Name ?? "", Marks);
        if (seen.Master is { } master && LinkReading.PortOf(message, names) is { } port)
            (ports.TryGetValue(master, out var list) ? list : ports[master] = []).Add(new(seen.Index, port));
    }
}

/// <summary>A port and the index of its link.</summary>
internal sealed record PortAt(int Index, Port Port);
