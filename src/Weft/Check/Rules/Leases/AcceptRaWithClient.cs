// accept_ra beside a client that takes router advertisements itself: it sets the kernel's own switch to 0 for as long as it runs, so what
// the file says of it would never hold.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One of the two takes router advertisements, the kernel or the client.</summary>
public sealed class AcceptRaWithClient() : Rule("accept-ra-with-client", Severity.Error)
{
    public override string Why => "the client takes router advertisements itself and keeps the kernel from it (accept_ra 0), so that no address comes twice";

    public override string Bad => """
        nics:
          eth0: {ra: true, accept_ra: [|2|]}
        """;

    public override string Good => """
        nics:
          eth0: {ra: true}
          eth1: {accept_ra: 2, addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        where ClientLines.Speaks6(link.Settings) && link.Settings.Has(ConfLines.AcceptRa)
        select At(link.Settings.PlaceOf(ConfLines.AcceptRa), $"{link.Name} has a client that takes router advertisements, and accept_ra beside it",
            $"leave accept_ra away, or {(link.Settings.Flag(ClientLines.Ra) == true ? ClientLines.Ra : ClientLines.Dhcp6)}");
}
