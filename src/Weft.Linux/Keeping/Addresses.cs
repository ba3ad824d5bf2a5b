// Addresses with all they say: label, broadcast, the other end, the metric of their prefix route, flags, lifetimes.
// Surprise: of an IPv4 address that is there forever the kernel tells that it is deprecated by its flag alone, and the time as forever.

using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Addresses
{
    private const ushort CacheinfoAttribute = 6, FlagsAttribute = 8, TargetNetnsid = 10;

    /// <summary>IFA_F_NODAD, HOMEADDRESS, MANAGETEMPADDR, NOPREFIXROUTE and MCAUTOJOIN: what may be asked for (inet6_rtm_newaddr). The rest reports.</summary>
    private const uint Asked = 0x02 | 0x10 | 0x100 | 0x200 | 0x400;

    /// <summary>IFA_F_DEPRECATED.</summary>
    private const uint Deprecated = 0x20;

    public static Kept Of(AddressMessage address, IpPrefix prefix, string link)
    {
        var peer = address is { Local: { } local, Address: { } far } && far != local ? $" peer {far}" : "";
        return new(KeptKind.Address, link, $"{prefix}{peer} dev {link}") { Later = new(() => new(new(Request(address)), [(Replay.IndexPlace, link)])), Address = prefix };
    }

    /// <summary>
    /// Its lifetimes; what is left of them. The kernel takes an address away up to a second after its time is over, and tells 0 until then, which it
    /// takes from nobody: that is the last second.
    /// </summary>
    public static Lifetime LifetimeOf(AddressMessage address) => address.Cacheinfo is not { } times ? Lifetime.Forever
        : new((FlagsOf(address) & Deprecated) != 0 ? 0 : Seconds(times.Preferred), Seconds(times.Valid) is { } left ? Math.Max(1, left) : null);

    /// <summary>As it is taken; null where nothing need be said.</summary>
    public static AddressCacheInfo? Times(Lifetime lifetime) => lifetime == Lifetime.Forever ? null : new(Seconds(lifetime.Preferred), Seconds(lifetime.Valid), 0, 0);

    /// <summary>What is kept of an address, as a request that gives it other lifetimes.</summary>
    public static Request With(Kept kept, Lifetime lifetime, Func<string, int> indexOf)
    {
        var message = kept.Message!.Content.ToArray();
        Put(message, lifetime);
        return Replay.Again(kept with { Message = new(message), Indexes = kept.Indexes }, indexOf);
    }

    private static void Put(byte[] message, Lifetime lifetime)
    {
        if (Replay.Place(message, AddressHeader.Size, CacheinfoAttribute) is > 0 and var at)
            new AddressCacheInfo(Seconds(lifetime.Preferred), Seconds(lifetime.Valid), 0, 0).Write(message.AsSpan(at));
    }

    private static uint Seconds(long? seconds) => (uint)(seconds ?? uint.MaxValue);
    private static long? Seconds(uint told) => told == uint.MaxValue ? null : told;
    private static uint FlagsOf(AddressMessage address) => address.Flags ?? address.Header.Flags;

    private static byte[] Request(AddressMessage address)
    {
        var message = Replay.Request(address.Raw.Span, AddressHeader.Size, MessageType.NewAddress, MessageFlags.Create | MessageFlags.Replace, TargetNetnsid);
        Put(message, LifetimeOf(address));
        var flags = FlagsOf(address) & Asked;
        var header = address.Header;
        header.Flags = (byte)flags;
        header.Write(message.AsSpan(MessageHeader.Size));
        if (Replay.Place(message, AddressHeader.Size, FlagsAttribute) is > 0 and var at)
            MemoryMarshal.Write(message.AsSpan(at), flags);
        return message;
    }
}
