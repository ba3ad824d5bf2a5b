// The socket of generic families: their numbers, and batches of requests. What is said of RouteSocket holds here too.
using System.Diagnostics.CodeAnalysis;

namespace Weft.Netlink;

/// <summary>A conversation with the kernel's generic families.</summary>
public sealed class GenericSocket : IDisposable
{
    private readonly Conversation _conversation;

    /// <summary>A socket over any way to a kernel; it takes the port over and disposes of it.</summary>
    public GenericSocket(INetlinkPort port, RouteSocketOptions? options = null) =>
        _conversation = new Conversation(port, (options ?? RouteSocketOptions.Default) with { BodyOf = GenericText.BodyOf });

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static bool TryOpen(
        RouteSocketOptions? options, [NotNullWhen(true)] out GenericSocket? socket, [NotNullWhen(false)] out SocketFailure? failure)
    {
        options ??= RouteSocketOptions.Default;
        socket = KernelPort.TryOpenGeneric(options.ReceiveBuffer, out var port, out failure) ? new GenericSocket(port, options) : null;
        return socket is not null;
    }

    /// <summary>The type that a family's messages have; null where this kernel has no such family, or does not say.</summary>
    public MessageType? Family(string name)
    {
        var answer = Execute(new Request(FamilyMessage.Controller, MessageFlags.None, new FamilyMessage { Command = FamilyMessage.Get, Name = name })).Each[0];
        var told = new FamilyMessage();
        return answer.Verdict == Verdict.Accepted && !answer.Reply.IsEmpty && !MessageCodec.Read(answer.Reply.Span, told).IsError && told is { Id: > (ushort)FamilyMessage.Controller and var id }
            ? (MessageType)id : null;
    }

    /// <summary>Sends requests in their order, many at a time, and returns one answer for each.</summary>
    public Answers Execute(params IReadOnlyList<Request> requests) => new BatchRun(_conversation, requests).Run();

    /// <inheritdoc/>
    public void Dispose() => _conversation.Dispose();
}
