// A probe asks one thing. An entry that names none would look as if something were watched over; one that names two, or a
// connection without its port, leaves open what was meant.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A probe says `ping`, or `tcp` with its `port`.</summary>
public sealed class ProbeUnclear() : Rule("probe-unclear", Severity.Error)
{
    public override string Why => "a change is undone when a probe fails that passed before, so each must say exactly one thing: an address that answers an ICMP echo, or one that accepts a TCP connection on a port";

    public override string Bad => """
        nics: {eth0: {}}
        probes:
          - [|{tcp: 172.20.80.2}|]
          - [|{ping: 172.20.81.5, port: 53}|]
          - [|{ping: 172.20.81.5, tcp: 172.20.80.2, port: 53}|]
          - [|{}|]
        """;

    public override string Good => """
        nics: {eth0: {}}
        probes:
          - {ping: 172.20.81.5}
          - {tcp: 172.20.80.2, port: 53}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from probe in stack.Host.Probes
        where !stack.Host.ProbesHalfRead.Contains(probe.Place)
        let wrong = (probe.Ping, probe.Tcp, probe.Port) switch
        {
            (null, null, _) => ("this probe says neither ping nor tcp", "write ping: with an address, or tcp: with an address and port:"),
            (not null, not null, _) => ("this probe says ping and tcp", "make it two entries"),
            (null, _, null) => ($"the probe tcp {probe.Tcp} has no port", "add port:"),
            (not null, null, not null) => ($"the probe ping {probe.Ping} has a port, and ICMP has none", "remove port:, or write tcp: in place of ping:"),
            _ => default((string What, string Mend)?),
        }
        where wrong is not null
        select At(probe.Place, wrong.Value.What, wrong.Value.Mend);
}
