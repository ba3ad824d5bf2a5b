// A bridge's options as frames meet them: read once from its attributes, times in nanoseconds.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Packets.Bridges;

internal sealed record BridgeOptions
{
    /// <summary>A hundredth of a second, in which the kernel is told the bridge's times.</summary>
    private const long Hundredth = 10 * VirtualTime.Millisecond;

    /// <summary>What a bridge forwards of the reserved groups because it is a provider's (BR_GROUPFWD_8021AD).</summary>
    private const int ProviderMask = 0xb801;

    public static BridgeOptions Of(Device bridge) => new()
    {
        Stp = On(bridge, BridgeLines.Stp),
        Priority = (int)Number(bridge, BridgeLines.Priority),
        ForwardDelay = Number(bridge, BridgeLines.ForwardDelay) * Hundredth,
        HelloTime = Number(bridge, BridgeLines.HelloTime) * Hundredth,
        MaxAge = Number(bridge, BridgeLines.MaxAge) * Hundredth,
        AgeingTime = Number(bridge, BridgeLines.AgeingTime) * Hundredth,
        VlanFiltering = On(bridge, BridgeLines.VlanFiltering),
        IsProvider = Word(bridge, BridgeLines.VlanProtocol) == "802.1ad",
        Vlans = bridge.OwnVlans ?? VlanTable.OfDefault((int)Number(bridge, BridgeLines.VlanDefaultPvid)),
        GroupFwdMask = (int)Number(bridge, BridgeLines.GroupFwdMask),
        SetGroupAddress = bridge.GroupAddressIsSet ? Ethernet.Parse(Word(bridge, BridgeLines.GroupAddress)) : 0,
        NoLinklocalLearn = On(bridge, BridgeLines.NoLinklocalLearn),
        FdbMaxLearned = (int)Number(bridge, BridgeLines.FdbMaxLearned),
        McastSnooping = On(bridge, BridgeLines.McastSnooping),
        McastQuerier = On(bridge, BridgeLines.McastQuerier),
        McastRouter = Word(bridge, BridgeLines.McastRouter),
        McastMembershipInterval = Number(bridge, BridgeLines.McastMembershipInterval) * Hundredth,
        McastQuerierInterval = Number(bridge, BridgeLines.McastQuerierInterval) * Hundredth,
        McastQueryInterval = Number(bridge, BridgeLines.McastQueryInterval) * Hundredth,
        McastQueryResponseInterval = Number(bridge, BridgeLines.McastQueryResponseInterval) * Hundredth,
        McastStartupQueryInterval = Number(bridge, BridgeLines.McastStartupQueryInterval) * Hundredth,
        McastStartupQueryCount = (int)Number(bridge, BridgeLines.McastStartupQueryCount),
        McastLastMemberInterval = Number(bridge, BridgeLines.McastLastMemberInterval) * Hundredth,
        McastLastMemberCount = (int)Number(bridge, BridgeLines.McastLastMemberCount),
        MacIsSet = bridge.MacOrigin == MacOrigin.Set,
        MtuIsPinned = bridge.MtuIsPinned,
    };

    public bool Stp { get; init; }
    public int Priority { get; init; } = 32768;
    public long ForwardDelay { get; init; } = 15 * VirtualTime.Second;
    public long HelloTime { get; init; } = 2 * VirtualTime.Second;
    public long MaxAge { get; init; } = 20 * VirtualTime.Second;

    /// <summary>0: nothing is learned.</summary>
    public long AgeingTime { get; init; } = 300 * VirtualTime.Second;

    public bool VlanFiltering { get; init; }

    /// <summary>vlan_protocol is 802.1ad.</summary>
    public bool IsProvider { get; init; }

    /// <summary>The VLANs that the bridge itself takes part in.</summary>
    public VlanTable Vlans { get; init; } = VlanTable.Default;

    public int GroupFwdMask { get; init; }

    /// <summary>The group address that somebody set; 0 where it is the usual one.</summary>
    public ulong SetGroupAddress { get; init; }

    public bool NoLinklocalLearn { get; init; }

    /// <summary>0: no limit.</summary>
    public int FdbMaxLearned { get; init; }

    public bool McastSnooping { get; init; } = true;
    public bool McastQuerier { get; init; }
    public string McastRouter { get; init; } = "auto";
    public long McastMembershipInterval { get; init; } = 260 * VirtualTime.Second;
    public long McastQuerierInterval { get; init; } = 255 * VirtualTime.Second;
    public long McastQueryInterval { get; init; } = 125 * VirtualTime.Second;
    public long McastQueryResponseInterval { get; init; } = 10 * VirtualTime.Second;
    public long McastStartupQueryInterval { get; init; } = 31_250 * VirtualTime.Millisecond;
    public int McastStartupQueryCount { get; init; } = 2;
    public long McastLastMemberInterval { get; init; } = VirtualTime.Second;
    public int McastLastMemberCount { get; init; } = 2;

    /// <summary>Somebody gave it its MAC, which then follows no port.</summary>
    public bool MacIsSet { get; init; }

    /// <summary>Somebody gave it its MTU, which then follows no port.</summary>
    public bool MtuIsPinned { get; init; }

    /// <summary>In a tag beside a frame's bytes: of the protocol by which the bridge tells VLANs.</summary>
    public int TagBit => IsProvider ? Ethernet.ServiceBit : 0;

    public ushort TagProtocol => IsProvider ? Ethernet.ServiceTag : Ethernet.Tag;

    /// <summary>Where BPDUs go (recalculate_group_addr).</summary>
    public ulong GroupAddress => SetGroupAddress != 0 ? SetGroupAddress : VlanFiltering && IsProvider ? Ethernet.Reserved + 8 : Ethernet.Reserved;

    /// <summary>What is forwarded of the reserved groups whatever anybody says (br_recalculate_fwd_mask).</summary>
    public int RequiredFwdMask => VlanFiltering && IsProvider ? ProviderMask & ~(1 << (int)(GroupAddress & 0xf)) : 0;

    private static Value ValueOf(Device bridge, Attribute line) => bridge.Data.GetValueOrDefault(line) ?? line.Default(Settings.Empty)!;

    private static long Number(Device bridge, Attribute line) => ((Value.Number)ValueOf(bridge, line)).Count;

    private static string Word(Device bridge, Attribute line) => ((Value.Word)ValueOf(bridge, line)).Text;

    private static bool On(Device bridge, Attribute line) => ((Value.Flag)ValueOf(bridge, line)).On;
}
