// Frames that are not on their way. A world that has been running for a while makes no new ones: what is dropped or delivered comes
// back here. How many are out is known, so that a test can tell that none was lost.

namespace Weft.Twin.Packets.Frames;

internal sealed class FramePool
{
    private readonly Stack<Frame> idle = new();

    /// <summary>Frames that somebody owns at this moment.</summary>
    public int Out { get; private set; }

    public Frame Rent()
    {
        Out++;
        return idle.TryPop(out var frame) ? frame : new Frame();
    }

    public Frame Copy(Frame frame)
    {
        var copy = Rent();
        copy.CopyOf(frame);
        return copy;
    }

    public void Return(Frame frame)
    {
        Out--;
        idle.Push(frame);
    }
}
