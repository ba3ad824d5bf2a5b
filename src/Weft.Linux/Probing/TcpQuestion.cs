// Whether a connection is accepted. Nothing is sent over it; it is closed as soon as it is there.

using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Weft.Linux.Probing;

internal sealed class TcpQuestion : Question
{
    private readonly byte[] to;
    private bool underWay;
    private string? refused;

    public TcpQuestion(IPAddress address, int port)
    {
        to = Endpoint.Of(address, port);
        Socket = ProbeSocket.Open(address.AddressFamily == AddressFamily.InterNetworkV6 ? Libc.Inet6 : Libc.Inet, Libc.Stream, 0);
        if (Socket is null)
            Why = $"no TCP: {ProbeSocket.Why}";
    }

    /// <summary>A socket that connects to nothing is always ready, with nothing to tell.</summary>
    public override int Descriptor => underWay ? base.Descriptor : -1;

    public override short Events => Libc.Out;

    /// <summary>Begins to connect, unless that is under way: then the kernel sends again by itself.</summary>
    public override void Send()
    {
        if (underWay)
            return;
        if (Socket!.Connect(to))
            Pass();
        else if (ProbeSocket.IsUnderWay)
            (underWay, refused) = (true, null);
        else
            refused = ProbeSocket.Why;
    }

    public override void Look()
    {
        if (!underWay)
            return;
        if (Socket!.Ended() is var error && error == 0)
            Pass();
        else
            Why = Marshal.GetPInvokeErrorMessage(error);
    }

    public override string? Excuse => refused;

    protected override bool IsAnswer(Received received) => false;
}
