// ETHTOOL_MSG_* of linux/ethtool_netlink.h: requests are numbered one way, answers and notifications another.
// Surprise: 16 sets rings in a request, and tells them in an answer; who reads must know which of the two it has.
namespace Weft.Netlink;

/// <summary>What is asked of a link's hardware, and what answers.</summary>
public static class EthtoolCommands
{
    /// <summary>The family's name.</summary>
    public const string Family = "ethtool";

    /// <summary>A setting that can be asked for and set.</summary>
    /// <param name="Get">The request for it.</param>
    /// <param name="Set">The request that changes it.</param>
    /// <param name="Reply">The answer.</param>
    /// <param name="Body">An empty message of it.</param>
    public sealed record Subject(byte Get, byte Set, byte Reply, Func<EthtoolMessage> Body);

    /// <summary>Speed, duplex, negotiation and what is advertised.</summary>
    public static readonly Subject LinkModes = new(4, 5, 4, () => new LinkModesMessage());

    /// <summary>Offloads.</summary>
    public static readonly Subject Features = new(11, 12, 11, () => new FeaturesMessage());

    /// <summary>Lengths of the hardware's queues.</summary>
    public static readonly Subject Rings = new(15, 16, 16, () => new RingsMessage());

    /// <summary>How many queues there are.</summary>
    public static readonly Subject Channels = new(17, 18, 18, () => new ChannelsMessage());

    /// <summary>Flow control.</summary>
    public static readonly Subject Pause = new(21, 22, 22, () => new PauseMessage());

    private static readonly Subject[] All = [LinkModes, Features, Rings, Channels, Pause];

    /// <summary>An empty message of the kind that a command carries, or null when there is no set for it.</summary>
    public static EthtoolMessage? BodyOf(byte command, bool isRequest)
    {
        foreach (var subject in All)
            if (isRequest ? command == subject.Get || command == subject.Set : command == subject.Reply || command == subject.Reply + 1)
                return subject.Body();
        return null;
    }

    /// <summary>Asks one link.</summary>
    public static Request Ask(MessageType family, Subject subject, int index)
    {
        var body = subject.Body();
        body.Command = subject.Get;
        body.Header = new() { Index = index };
        return new(family, MessageFlags.None, body);
    }

    /// <summary>Sets what the body says on one link; no answer but the verdict is wanted.</summary>
    public static Request Set(MessageType family, Subject subject, int index, EthtoolMessage body)
    {
        body.Command = subject.Set;
        body.Header = new() { Index = index, Flags = EthtoolHeader.OmitReply };
        return new(family, MessageFlags.None, body);
    }
}
