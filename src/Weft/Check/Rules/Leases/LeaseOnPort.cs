// A port's frames go to its master before the stack sees them: a client on it hears no answer, and an address that it had from
// before would be a black hole, as any address on a port is.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports lease nothing.</summary>
public sealed class LeaseOnPort() : Rule("lease-on-port", Severity.Error)
{
    public override string Why => "a port's frames go to its master, so a DHCP client or a router advertisement on it is never heard";

    public override string Bad => """
        nics:
          eth0: {dhcp4: [|true|]}
        bridges:
          br0: {ports: [eth0]}
        """;

    public override string Good => """
        nics:
          eth0: {}
        bridges:
          br0: {ports: [eth0], dhcp4: true}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        let line = ClientLines.Families.FirstOrDefault(line => link.Settings.Flag(line) == true)
        where line is not null
        let master = stack.MasterOf(link)
        where master is not null
        select At(link.Settings.PlaceOf(line), $"{link.Name} has {line}: true and is a port of {master.Name}", $"move it to {master.Name} (line {master.Name.Place.Line})");
}
