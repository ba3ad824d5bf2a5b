// Who gets a group's frames: ports behind which somebody joined it not too long ago, and the host where it did. A membership is a
// moment until which it holds, so nothing has to happen when it ends.

namespace Weft.Twin.Packets.Bridges.Multicast;

internal sealed class Members(Snooping snooping)
{
    private long[] until = [];
    private long host;

    public bool HasHost => host > snooping.Now || snooping.HostIsRouter;

    public bool Has(BridgePort port) => snooping.IsRouter(port) || Joined(port) > snooping.Now;

    /// <summary>Until when somebody behind a port is a member.</summary>
    public long Joined(BridgePort port) => port.Number < until.Length ? until[port.Number] : 0;

    /// <param name="port">Null for the bridge's own host.</param>
    public void Join(BridgePort? port, long end)
    {
        if (port is null)
        {
            host = end;
            return;
        }
        if (port.Number >= until.Length)
            Array.Resize(ref until, port.Number + 1);
        until[port.Number] = end;
    }

    /// <summary>It holds no longer than this.</summary>
    public void Shorten(BridgePort? port, long end)
    {
        if (port is null)
            host = Math.Min(host, end);
        else if (port.Number < until.Length)
            until[port.Number] = Math.Min(until[port.Number], end);
    }

    public void ShortenAll(long end)
    {
        for (var i = 0; i < until.Length; i++)
            until[i] = Math.Min(until[i], end);
        host = Math.Min(host, end);
    }
}
