// A frame on its way (sk_buff). Only its first bytes are held, which is where all headers are; the rest of its length is zeros, so
// that a frame of 9000 bytes costs what a small one costs. One tag may stand beside the bytes, as the kernel keeps it for
// cards that insert it themselves; further ones are among the bytes.
//
// Whoever is handed a frame sends it on, or gives it back to the pool: there is always one owner, and never two.

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Weft.Twin.Packets.Frames;

/// <summary>For whom a frame is, by its destination (PACKET_*).</summary>
internal enum Cast : byte
{
    Host,
    Broadcast,
    Multicast,
    OtherHost,
}

internal sealed class Frame
{
    /// <summary>Room before the first byte for tags that are pushed later.</summary>
    private const int Headroom = 32;

    /// <summary>The most bytes of a frame that can be held.</summary>
    public const int MostHeld = 320 - Headroom;

    public const int NoTag = -1;

    private readonly byte[] bytes = new byte[Headroom + MostHeld];
    private int start = Headroom;

    /// <summary>How many of its bytes are held, from the destination MAC on.</summary>
    public int Held { get; private set; }

    /// <summary>In bytes, from the destination MAC to the last of the payload, without <see cref="Tag"/> and check sequence.</summary>
    public int Length { get; private set; }

    /// <summary>The tag beside the bytes: its TCI, with <see cref="Ethernet.ServiceBit"/> where it is one of 802.1ad; <see cref="NoTag"/> without.</summary>
    public int Tag { get; set; } = NoTag;

    public Cast Cast { get; set; }

    /// <summary>The link that it was last received on or is sent over (skb->dev).</summary>
    public Links.Netdev Device { get; set; } = null!;

    /// <summary>The hop by which it came here, where somebody watches it; 0 where nobody does.</summary>
    public int Hop { get; set; }

    /// <summary>What the stack that sends it asks for: the kernel's skb->priority, which egress maps look at.</summary>
    public int Priority { get; set; }

    public bool IsWatched => Hop != 0;

    /// <summary>How many bridges it came through, from when a stack made it: a frame that goes round comes through more than any network has.</summary>
    public int Crossed { get; set; }

    /// <summary>The port by which it last came into a bridge.</summary>
    public Links.Netdev? Entered { get; set; }

    public Span<byte> Bytes => bytes.AsSpan(start, Held);

    /// <summary>From the header behind the Ethernet header on.</summary>
    public Span<byte> Payload => bytes.AsSpan(start + Ethernet.HeaderLength, Held - Ethernet.HeaderLength);

    /// <summary>Eight bytes in one reading, of which six are the MAC: this is asked at every hop.</summary>
    public ulong Destination
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(start)) >> 16;
        set => Ethernet.WriteMac(bytes.AsSpan(start), value);
    }

    public ulong Source
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(start + 6)) >> 16;
        set => Ethernet.WriteMac(bytes.AsSpan(start + 6), value);
    }

    /// <summary>The two bytes behind the MACs: of a tag among the bytes, its protocol.</summary>
    public ushort EtherType
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(start + 12));
        set => BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(start + 12), value);
    }

    /// <summary>The VLAN id of the tag beside the bytes; 0 without one.</summary>
    public int Vlan => Tag < 0 ? 0 : Tag & 0xfff;

    /// <summary>Starts a frame afresh: so many bytes, all zero, of which the first are to be written.</summary>
    public void Begin(int length, int held)
    {
        (start, Length, Held, Tag, Hop, Priority) = (Headroom, Math.Max(length, Ethernet.HeaderLength), Math.Clamp(held, Ethernet.HeaderLength, MostHeld), NoTag, 0, 0);
        (Crossed, Entered) = (0, null);
        Bytes.Clear();
    }

    /// <summary>Cuts off what stands behind its end, as the packet in it says that to be: the filling of a short frame.</summary>
    public void Trim(int length) => (Length, Held) = (Math.Min(Length, length), Math.Min(Held, length));

    /// <summary>Takes over everything of another frame.</summary>
    public void CopyOf(Frame other)
    {
        (start, Held, Length, Tag, Cast, Device, Hop, Priority) = (other.start, other.Held, other.Length, other.Tag, other.Cast, other.Device, other.Hop, other.Priority);
        (Crossed, Entered) = (other.Crossed, other.Entered);
        other.bytes.AsSpan(start, Held).CopyTo(bytes.AsSpan(start));
    }

    /// <summary>Puts the tag that stands beside the bytes among them; there is none beside them then.</summary>
    public void PushTag()
    {
        if (Tag < 0 || start < 4)
            return;
        bytes.AsSpan(start, 12).CopyTo(bytes.AsSpan(start - 4));
        start -= 4;
        Held += 4;
        Length += 4;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(start + 12), Ethernet.ProtocolOf(Tag));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(start + 14), (ushort)Tag);
        Tag = NoTag;
    }

    /// <summary>Takes a tag from among the bytes and puts it beside them (skb_vlan_untag).</summary>
    public void PopTag()
    {
        if (Tag >= 0 || !Ethernet.IsTag(EtherType) || Held < Ethernet.HeaderLength + 4)
            return;
        Tag = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(start + 14)) | (EtherType == Ethernet.ServiceTag ? Ethernet.ServiceBit : 0);
        bytes.AsSpan(start, 12).CopyTo(bytes.AsSpan(start + 4));
        start += 4;
        Held -= 4;
        Length -= 4;
    }

    /// <summary>Says for whom it is on a link with this MAC (eth_type_trans).</summary>
    public void Classify(ulong mac)
    {
        var to = Destination;
        Cast = to == mac ? Cast.Host : (to & Ethernet.GroupBit) == 0 ? Cast.OtherHost : to == Ethernet.Broadcast ? Cast.Broadcast : Cast.Multicast;
    }
}
