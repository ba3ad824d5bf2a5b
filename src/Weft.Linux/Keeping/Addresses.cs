// Addresses with all they say: label, broadcast, the other end, the metric of their prefix route, flags. Lifetimes are not
// carried: who has one has it from a DHCP client or a router, and they bring it again.

using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Addresses
{
    private const ushort CacheinfoAttribute = 6, FlagsAttribute = 8, TargetNetnsid = 10;

    /// <summary>IFA_F_NODAD, HOMEADDRESS, MANAGETEMPADDR, NOPREFIXROUTE and MCAUTOJOIN: what may be asked for (inet6_rtm_newaddr). The rest reports.</summary>
    private const uint Asked = 0x02 | 0x10 | 0x100 | 0x200 | 0x400;

    public static Kept Of(AddressMessage address, IpPrefix prefix, string link)
    {
        var peer = address is { Local: { } local, Address: { } far } && far != local ? $" peer {far}" : "";
        return new(KeptKind.Address, link, $"{prefix}{peer} dev {link}") { Later = new(() => new(new(Request(address)), [(Replay.IndexPlace, link)])), Address = prefix };
    }

    private static byte[] Request(AddressMessage address)
    {
        var message = Replay.Request(address.Raw.Span, AddressHeader.Size, MessageType.NewAddress, MessageFlags.Create | MessageFlags.Replace, CacheinfoAttribute, TargetNetnsid);
        var flags = (address.Flags ?? address.Header.Flags) & Asked;
        var header = address.Header;
        header.Flags = (byte)flags;
        header.Write(message.AsSpan(MessageHeader.Size));
        if (Replay.Place(message, AddressHeader.Size, FlagsAttribute) is > 0 and var at)
            MemoryMarshal.Write(message.AsSpan(at), flags);
        return message;
    }
}
