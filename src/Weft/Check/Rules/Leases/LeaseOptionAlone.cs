// What is said of leased routes on a link that leases nothing does nothing.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Options of leases stand beside a lease.</summary>
public sealed class LeaseOptionAlone() : Rule("lease-option-alone", Severity.Warning)
{
    public override string Why => "without dhcp4, dhcp6 or ra there is no client on the link that could heed it";

    public override string Bad => """
        nics:
          eth0: {addresses: [192.0.2.5/24], dhcp_metric: [|200|]}
        """;

    public override string Good => """
        nics:
          eth0: {dhcp4: true, dhcp_metric: 200}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        where !ClientLines.Families.Any(line => link.Settings.Flag(line) == true || link.Unread.Contains(line.Name))
        from line in ClientLines.All.Except(ClientLines.Families)
        where link.Settings.Has(line)
        select At(link.Settings.PlaceOf(line), $"{link.Name} has {line} and leases nothing", $"add dhcp4, dhcp6 or ra, or leave {line} away");
}
