// A namespace, a socket in it, and the requests that live tests begin with.
namespace Weft.Netlink.Tests;

internal sealed class LiveHost(RouteSocket socket)
{
    public RouteSocket Socket { get; } = socket;

    public static void Run(Action<LiveHost> test) => OwnNamespace.Run(() =>
    {
        RouteSocket.TryOpen(null, out var socket, out var failure).ShouldBeTrue(failure?.ToString());
        using (socket) test(new LiveHost(socket!));
    });

    public void Accept(params Request[] requests)
    {
        var answers = Socket.Execute(requests);
        answers.Failure.ShouldBeNull();
        answers.Each.Select(answer => answer.Refusal?.ToString()).ShouldAllBe(refusal => refusal == null);
    }

    public LinkMessage Link(string name)
    {
        var dump = Socket.DumpLinks();
        dump.IsComplete.ShouldBeTrue(dump.Failure?.ToString());
        return dump.Messages.Single(link => link.Name == name);
    }

    public static Request NewLink(string name, int index, Action<LinkMessage> say)
    {
        var link = new LinkMessage { Header = { Index = index }, Name = name };
        say(link);
        return new Request(MessageType.NewLink, MessageFlags.Create | MessageFlags.Exclusive, link);
    }

    public static Request Veth(string name, int index, string peer, int peerIndex) => NewLink(name, index, link => link.Info = new LinkInfo
    {
        Kind = "veth",
        Veth = new VethData { Peer = new LinkMessage { Header = { Index = peerIndex }, Name = peer } },
    });

    public static Request Set(int index, Action<LinkMessage> say)
    {
        var link = new LinkMessage { Header = { Index = index } };
        say(link);
        return new Request(MessageType.NewLink, MessageFlags.None, link);
    }

    public static Request Up(int index) => Set(index, link => (link.Header.Flags, link.Header.Change) = (LinkFlags.Up, LinkFlags.Up));

    public static Request Address(int index, string address, byte prefix)
    {
        var parsed = InetAddress.Parse(address);
        return new Request(MessageType.NewAddress, MessageFlags.Create | MessageFlags.Exclusive, new AddressMessage
        {
            Header = { Family = parsed.Family, PrefixLength = prefix, Index = index },
            Address = parsed,
            Local = parsed,
        });
    }
}
