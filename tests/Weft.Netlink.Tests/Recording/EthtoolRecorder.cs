// Records what a kernel says of the hardware of links that iproute2 made: a veth, which has features, channels and a fixed
// speed; a tap, whose speed can be set; a bridge, which has none of it. And how it refuses.
namespace Weft.Netlink.Tests;

internal static class EthtoolRecorder
{
    private const string Host = """
        link add v0 numtxqueues 4 numrxqueues 4 type veth peer name w0 numtxqueues 4 numrxqueues 4
        tuntap add dev t0 mode tap
        link add b0 type bridge
        """;

    public static int Record(string directory) => OwnNamespace.Run(() =>
    {
        Directory.CreateDirectory(directory);
        if (!KernelPort.TryOpenGeneric(1 << 20, out var port, out var failure) || !RouteSocket.TryOpen(null, out var route, out failure))
        {
            Console.Error.WriteLine(failure);
            return 1;
        }

        OwnNamespace.Tool("ip", "-batch -", Host);
        var tap = new TapPort(port);
        using var socket = new GenericSocket(tap);
        using (route)
        {
            var indexes = route.DumpLinks().Messages.ToDictionary(link => link.Name!, link => link.Header.Index);
            var family = socket.Family(EthtoolCommands.Family)!.Value;
            socket.Execute(EthtoolRequests.Gets(family, indexes["v0"]));
            Recording.Write(directory, "ethtool", tap.Seen);
            tap.Seen.Clear();
            socket.Execute(EthtoolRequests.Gets(family, indexes["t0"]));
            Recording.Write(directory, "ethtool-tap", tap.Seen);
            tap.Seen.Clear();
            socket.Execute(EthtoolRequests.Refused(family, indexes["v0"], indexes["b0"]));
            Recording.Write(directory, "ethtool-refusals", tap.Seen);
        }

        return 0;
    });
}

/// <summary>Requests about hardware, for the recorder and for live tests.</summary>
internal static class EthtoolRequests
{
    private static readonly EthtoolCommands.Subject[] Subjects = [EthtoolCommands.LinkModes, EthtoolCommands.Features, EthtoolCommands.Rings, EthtoolCommands.Channels, EthtoolCommands.Pause];

    public static Request[] Gets(MessageType family, int index) => [.. Subjects.Select(subject => EthtoolCommands.Ask(family, subject, index))];

    /// <summary>Each is refused in its own way.</summary>
    public static Request[] Refused(MessageType family, int veth, int bridge) =>
    [
        EthtoolCommands.Set(family, EthtoolCommands.Channels, veth, new ChannelsMessage { Rx = 99 }),
        EthtoolCommands.Set(family, EthtoolCommands.Rings, bridge, new RingsMessage { Rx = 512 }),
        EthtoolCommands.Set(family, EthtoolCommands.Features, veth, new FeaturesMessage { Wanted = EthtoolBits.Switching([("tx-no-such-offload", true)]) }),
        EthtoolCommands.Set(family, EthtoolCommands.LinkModes, veth, new LinkModesMessage { Speed = 100 }),
        EthtoolCommands.Set(family, EthtoolCommands.Channels, veth, new ChannelsMessage { Rx = 0 }),
        EthtoolCommands.Ask(family, EthtoolCommands.Rings, 9999),
    ];
}
