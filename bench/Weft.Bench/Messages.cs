// The few messages that the floor is made of.

using System.Net;
using Weft.Netlink;

namespace Weft.Bench;

internal static class Messages
{
    public static Request Add(int index, string name, LinkInfo info, bool up) =>
        new(MessageType.NewLink, MessageFlags.Create | MessageFlags.Exclusive, new LinkMessage { Header = Header(index, up ? true : null), Name = name, Info = info });

    public static Request Join(int port, int master) => new(MessageType.NewLink, MessageFlags.None, new LinkMessage { Header = Header(port, null), Master = master });

    public static Request Up(int index) => new(MessageType.NewLink, MessageFlags.None, new LinkMessage { Header = Header(index, true) });

    public static Request Delete(int index) => new(MessageType.DeleteLink, MessageFlags.None, new LinkMessage { Header = Header(index, null) });

    public static Request Address(int index, IPAddress address, int length) => new(MessageType.NewAddress, MessageFlags.Create | MessageFlags.Exclusive, new AddressMessage
    {
        Header = new() { Family = Families.Inet, PrefixLength = (byte)length, Index = index },
        Local = InetAddress.From(address),
        Address = InetAddress.From(address),
    });

    private static LinkHeader Header(int index, bool? up) => new()
    {
        Index = index,
        Change = up is null ? LinkFlags.None : LinkFlags.Up,
        Flags = up == true ? LinkFlags.Up : LinkFlags.None,
    };
}
