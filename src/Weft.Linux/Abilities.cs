// What this kernel knows of the attribute table: a bond, bridges, a VLAN, a VXLAN and a MACVLAN are made in a network namespace that nothing else
// is in and that goes with its thread, and what they tell of themselves is what the kernel has.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

internal static class Abilities
{
    private const byte Lacp = 4;

    /// <summary>Which of these the kernel does not tell of links that have them. Where no such link could be made, nothing is known to be lacking.</summary>
    public static IReadOnlyCollection<Attribute> Lacks(IReadOnlyCollection<Attribute> asked)
    {
        var told = Told();
        return [.. asked.Where(line => told.TryGetValue((line.Kinds[0].Word, line.Home), out var names) && !names.Contains(line.Wire))];
    }

    /// <summary>
    /// Of which kinds the kernel says that it does not know them (EOPNOTSUPP, "Unknown device type"), where it is asked for a link that says nothing of itself:
    /// what it knows, it makes or finds wanting. Asking loads the module where there is one.
    /// </summary>
    public static IReadOnlyCollection<LinkKind> LacksKinds(IReadOnlyCollection<LinkKind> asked)
    {
        var lacking = new List<LinkKind>();
        InThread(socket =>
        {
            foreach (var (at, kind) in asked.Index())
                if (socket.Execute(Add(FirstAsked + at, $"weft-k{at}", new() { Kind = kind.Word })).Each[0].Refusal?.ErrnoName == "EOPNOTSUPP")
                    lacking.Add(kind);
        });
        return lacking;
    }

    private const int FirstAsked = 21;

    /// <summary>The names that links and ports of each kind tell.</summary>
    private static Dictionary<(string Kind, Home Home), HashSet<string>> Told()
    {
        var told = new Dictionary<(string, Home), HashSet<string>>();
        InThread(socket =>
        {
            foreach (var link in Made(socket))
            {
                Add((link.Info?.Kind ?? "", Home.Data), link.Info?.Data);
                Add((link.Info?.PortKind ?? "", Home.Port), (IAttributes?)link.Info?.BondPort ?? link.Info?.BridgePort);
            }
        });
        return told;

        void Add((string, Home) of, IAttributes? set)
        {
            if (set is not null)
                (told.TryGetValue(of, out var names) ? names : told[of] = new(StringComparer.Ordinal)).UnionWith(Gather.From(set).Keys);
        }
    }

    private static void InThread(Action<RouteSocket> work)
    {
        var thread = new Thread(() =>
        {
            if (!NetworkNamespace.LeaveWithThread() || !RouteSocket.TryOpen(RouteSocketOptions.Default, out var socket, out _))
                return;
            using (socket)
                work(socket);
        });
        thread.Start();
        thread.Join();
    }

    /// <summary>A VLAN of one bridge is the port of a bond, and that of another bridge. What cannot be made is left out.</summary>
    private static IReadOnlyList<LinkMessage> Made(RouteSocket socket)
    {
        const int Lower = 11, Tag = 12, Bond = 13, Upper = 14, Overlay = 15, Face = 16;
        socket.Execute(
            Add(Lower, "weft-b0", new() { Kind = "bridge" }),
            Add(Tag, "weft-v0", new() { Kind = "vlan", Vlan = new() { Id = 1 } }, lower: Lower),
            // Lists are told only where something is in them, and what LACP has only in its mode.
            Add(Bond, "weft-a0", new() { Kind = "bond", Bond = new() { Mode = Lacp, NsIp6Target = [InetAddress.Parse("2001:db8::1")], ArpIpTarget = [InetAddress.Parse("192.0.2.1")] } }),
            Add(Upper, "weft-b1", new() { Kind = "bridge" }),
            Add(Overlay, "weft-x0", new() { Kind = "vxlan", Vxlan = new() { Id = 1 } }),
            Add(Face, "weft-m0", new() { Kind = "macvlan" }, lower: Lower));
        // A backup is told only where there is one.
        socket.Execute(Join(Tag, Bond), Join(Bond, Upper), Join(Overlay, Upper), Ask(Bond, new() { PortKind = "bridge", BridgePort = new() { BackupPort = Overlay } }));
        return [.. socket.DumpLinks().Messages.Where(link => link.Header.Index is >= Lower and <= Face)];
    }

    private static Request Add(int index, string name, LinkInfo info, int? lower = null)
    {
        var message = new LinkMessage { Name = name, Info = info, Link = lower };
        message.Header.Index = index;
        return new(MessageType.NewLink, MessageFlags.Create | MessageFlags.Exclusive, message);
    }

    private static Request Ask(int index, LinkInfo info)
    {
        var message = new LinkMessage { Info = info };
        message.Header.Index = index;
        return new(MessageType.NewLink, MessageFlags.None, message);
    }

    private static Request Join(int index, int master)
    {
        var message = new LinkMessage { Master = master };
        message.Header.Index = index;
        return new(MessageType.NewLink, MessageFlags.None, message);
    }
}
