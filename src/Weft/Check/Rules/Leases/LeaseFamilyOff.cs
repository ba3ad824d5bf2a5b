// IPv6 that is to be leased on a link that does not speak it: because the file says so, or because its MTU is below IPv6's least,
// where the kernel keeps nothing of IPv6 on a link. The client would ask in vain for ever.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>IPv6 is leased on links that speak IPv6.</summary>
public sealed class LeaseFamilyOff() : Rule("lease-family-off", Severity.Error)
{
    public override string Why => "where IPv6 is off, or the MTU below its 1280, the kernel takes no IPv6 address, and the client asks in vain for ever";

    public override string Bad => """
        nics:
          eth0: {ipv6: false, ra: [|true|]}
        """;

    public override string Good => """
        nics:
          eth0: {ra: true}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var link in stack.Sound.Where(link => ClientLines.Speaks6(link.Settings) && stack.MasterOf(link) is null))
        {
            var line = link.Settings.Flag(ClientLines.Ra) == true ? ClientLines.Ra : ClientLines.Dhcp6;
            if (link.Settings.Flag(Table.Ipv6) == false)
                yield return At(link.Settings.PlaceOf(line), $"{link.Name} has {line}: true, and ipv6: false (line {link.Settings.PlaceOf(Table.Ipv6).Line})", $"leave ipv6: false away, or {line}");
            else if (stack.Mtu(link) is < Table.LeastMtuOfIpv6 and var mtu)
                yield return At(link.Settings.PlaceOf(line), $"{link.Name} has {line}: true, and an MTU of {mtu}", $"give {link.Name} an MTU of {Table.LeastMtuOfIpv6} or more, or leave {line} away");
        }
    }
}
