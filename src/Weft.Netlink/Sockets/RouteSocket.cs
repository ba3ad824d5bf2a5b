// The socket as its users see it: dumps and batches. It never throws for what the kernel or the system do; a refusal
// and a failure are values, and not the same one.
// Surprises: not for several threads at once; it belongs to the network namespace in which its thread opened it.
using System.Diagnostics.CodeAnalysis;

namespace Weft.Netlink;

/// <summary>A conversation with the kernel's rtnetlink.</summary>
public sealed class RouteSocket : IDisposable
{
    private readonly Conversation _conversation;

    /// <summary>A socket over any way to a kernel; it takes the port over and disposes of it.</summary>
    public RouteSocket(INetlinkPort port, RouteSocketOptions? options = null) =>
        _conversation = new Conversation(port, options ?? RouteSocketOptions.Default);

    /// <summary>What the socket has done so far.</summary>
    public RouteSocketCounters Counters => _conversation.Counters;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static bool TryOpen(
        RouteSocketOptions? options, [NotNullWhen(true)] out RouteSocket? socket, [NotNullWhen(false)] out SocketFailure? failure)
    {
        options ??= RouteSocketOptions.Default;
        socket = KernelPort.TryOpen(options.ReceiveBuffer, [], out var port, out failure) ? new RouteSocket(port, options) : null;
        return socket is not null;
    }

    /// <summary>How many requests go out together; more of them at once are sent in several goes.</summary>
    public int BatchCount => _conversation.Options.BatchCount;

    /// <summary>Sends requests in their order, many at a time, and returns one answer for each. The kernel does not stop at a refusal.</summary>
    public Answers Execute(IReadOnlyList<Request> requests) => new BatchRun(_conversation, requests).Run();

    /// <summary>Sends requests in their order, many at a time, and returns one answer for each.</summary>
    public Answers Execute(params Request[] requests) => Execute((IReadOnlyList<Request>)requests);

    /// <summary>Takes a dump and keeps the messages as bytes, netlink headers included.</summary>
    public Dumped<ReadOnlyMemory<byte>> DumpRaw(Request request) => new DumpRun(_conversation, request).Run();

    /// <summary>Takes a dump. A message that cannot be read is a failure of the whole dump, with its offset.</summary>
    public Dumped<TMessage> Dump<TMessage>(Request request) where TMessage : class, IMessage, new()
    {
        var raw = DumpRaw(request);
        var messages = new List<TMessage>(raw.Messages.Count);
        foreach (var bytes in raw.Messages)
        {
            var message = new TMessage { Raw = bytes };
            var error = MessageCodec.Read(bytes.Span, message);
            if (error.IsError) return new Dumped<TMessage>([], null, new SocketFailure("decode", 0, error.ToString()));
            messages.Add(message);
        }

        return new Dumped<TMessage>(messages, raw.Refusal, raw.Failure);
    }

    /// <summary>All links.</summary>
    public Dumped<LinkMessage> DumpLinks() => Dump<LinkMessage>(Dumps.Links());

    /// <summary>All addresses of a family, or of all.</summary>
    public Dumped<AddressMessage> DumpAddresses(byte family = Families.Unspecified) => Dump<AddressMessage>(Dumps.Addresses(family));

    /// <summary>All routes of a family in all tables; of IPv4 and IPv6 when unspecified.</summary>
    public Dumped<RouteMessage> DumpRoutes(byte family = Families.Unspecified) => Dump<RouteMessage>(Dumps.Routes(family));

    /// <summary>All neighbours of a family, or of all.</summary>
    public Dumped<NeighbourMessage> DumpNeighbours(byte family = Families.Unspecified) => Dump<NeighbourMessage>(Dumps.Neighbours(family));

    /// <summary>All forwarding entries of all bridges and devices.</summary>
    public Dumped<NeighbourMessage> DumpForwarding() => Dump<NeighbourMessage>(Dumps.Neighbours(Families.Bridge));

    /// <summary>The VLAN tables of all bridges and ports, ranges compressed.</summary>
    public Dumped<LinkMessage> DumpBridgeVlans() => Dump<LinkMessage>(Dumps.BridgeVlans());

    /// <inheritdoc/>
    public void Dispose() => _conversation.Dispose();
}
