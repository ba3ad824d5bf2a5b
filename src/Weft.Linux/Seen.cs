// What the links of a namespace need to know of each other: who carries whom, whose MAC is whose. The whole message is most of
// what a link costs, so it is read into one object that serves all links, and only its bytes are kept, for those few that are
// looked at more closely afterwards.

using Weft.Linux.Keeping;
using Weft.Netlink;

namespace Weft.Linux;

/// <summary>One link of a dump.</summary>
internal sealed class Seen(LinkMessage message)
{
    public int Index { get; } = message.Header.Index;
    public ushort Type { get; } = message.Header.Type;
    public string? Name { get; } = message.Name;
    public string? Kind { get; } = message.Info?.Kind;
    public HardwareAddress? Address { get; } = message.Address;
    public uint? Mtu { get; } = message.Mtu;
    public int? Master { get; } = message.Master;

    /// <summary>The link of this namespace that it stands on (<see cref="UpperLinks.LowerOf"/>).</summary>
    public int? Lower { get; } = UpperLinks.LowerOf(message);

    /// <summary>Where a VXLAN sends what it knows no receiver for: the kernel enters it as a forwarding entry of its own.</summary>
    public InetAddress? Remote { get; } = message.Info?.Vxlan?.Group ?? message.Info?.Vxlan?.Group6;

    public ushort? VlanId { get; } = message.Info?.Vlan?.Id;

    /// <summary>It came with the MAC that it has.</summary>
    public bool HasBurntIn { get; } = message.PermAddress is { } burnt && burnt == message.Address;

    /// <summary>A bridge's VLAN tables: null where this kernel has none.</summary>
    public bool HasVlanTables { get; } = message.Info?.Bridge?.VlanFiltering is not null;

    public ushort? DefaultPvid { get; } = message.Info?.Bridge?.VlanDefaultPvid;

    /// <summary>promote_secondaries.</summary>
    public bool Promotes { get; } = Sysctls.Promotes(message.Families);

    private readonly ReadOnlyMemory<byte> raw = message.Raw;

    /// <summary>The message once more, as an object of its own.</summary>
    public LinkMessage Message() => MessageCodec.Decode<LinkMessage>(raw);
}
