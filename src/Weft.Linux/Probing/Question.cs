// One probe under way: it sends, and again after a while, and looks at what comes until that is an answer.

namespace Weft.Linux.Probing;

/// <summary>A probe that waits for an answer from the wire.</summary>
internal abstract class Question : IDisposable
{
    /// <summary>So many messages are looked at when a socket has some: a flood of others' must not keep a round from ending.</summary>
    private const int MostAtOnce = 256;

    protected ProbeSocket? Socket { get; init; }

    public bool Passed { get; private set; }

    /// <summary>Why it cannot be asked, or what was answered in place of what was hoped for; null while it is open.</summary>
    public string? Why { get; protected set; }

    /// <summary>Whether there is nothing to wait for any more.</summary>
    public bool IsOver => Passed || Why is not null;

    /// <summary>What poll looks at; below zero, at nothing.</summary>
    public virtual int Descriptor => Socket?.Descriptor ?? -1;

    /// <summary>What poll is asked for.</summary>
    public virtual short Events => Libc.In;

    /// <summary>What to say where nothing came, because nothing could be asked; null where it was asked.</summary>
    public virtual string? Excuse => null;

    /// <summary>Asks; called again while there is no answer.</summary>
    public abstract void Send();

    /// <summary>Looks at what has come.</summary>
    public virtual void Look()
    {
        for (var seen = 0; seen < MostAtOnce && !IsOver && Socket!.TryReceive(out var received); seen++)
            if (IsAnswer(received))
                Pass();
    }

    public void Dispose()
    {
        Socket?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void Pass() => Passed = true;

    /// <summary>Whether this message from the wire, which anybody may have sent, is the answer.</summary>
    protected abstract bool IsAnswer(Received received);
}
