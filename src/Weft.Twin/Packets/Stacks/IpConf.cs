// What a link's settings under /proc/sys/net make its stack do. Of those that the kernel takes the larger of for the link and for
// `all`, this is what came of it.

using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Packets.Stacks;

internal sealed record IpConf
{
    /// <summary>0 none, 1 strict, 2 loose.</summary>
    public long RpFilter { get; init; }

    public bool ArpFilter { get; init; }
    public long ArpIgnore { get; init; }
    public long ArpAnnounce { get; init; }
    public bool ArpNotify { get; init; }

    /// <summary>Whether what arrives here is routed on; null where that is as for the whole machine.</summary>
    public bool? Forwards4 { get; init; }
    public bool? Forwards6 { get; init; }

    public bool IgnoresLinkdown4 { get; init; }
    public bool IgnoresLinkdown6 { get; init; }
    public bool KeepsAddresses6 { get; init; }

    /// <summary>Whether the link speaks IPv6 (disable_ipv6 is 0).</summary>
    public bool Speaks6 { get; init; } = true;

    public static IpConf Of(Device device) => new()
    {
        RpFilter = Number(device, ConfLines.RpFilter),
        ArpFilter = Flag(device, ConfLines.ArpFilter) == true,
        ArpIgnore = Number(device, ConfLines.ArpIgnore),
        ArpAnnounce = Number(device, ConfLines.ArpAnnounce),
        ArpNotify = Flag(device, ConfLines.ArpNotify) == true,
        Forwards4 = Flag(device, ConfLines.Forwarding),
        Forwards6 = Flag(device, ConfLines.Ipv6Forwarding),
        IgnoresLinkdown4 = Flag(device, ConfLines.IgnoreRoutesWithLinkdown) == true,
        IgnoresLinkdown6 = Flag(device, ConfLines.Ipv6IgnoreRoutesWithLinkdown) == true,
        KeepsAddresses6 = Number(device, ConfLines.KeepAddrOnDown) > 0,
        Speaks6 = device.Ipv6 == true,
    };

    private static long Number(Device device, Attribute line) => device.Conf.GetValueOrDefault(line) is Value.Number number ? number.Count : 0;

    private static bool? Flag(Device device, Attribute line) => device.Conf.GetValueOrDefault(line) is { } value ? value == Value.Of(true) : null;
}
