// What is sent to an address of the host itself goes over lo and never leaves it (the local table is asked first, fib_rules_default): such a probe passes while
// every cable is out. In a VRF an address is only found by who is in it, and the probe is no answer to anything either; but it does not pass by itself.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A probe asks somebody else.</summary>
public sealed class ProbeAsksItself() : Rule("probe-asks-itself", Severity.Warning)
{
    public override string Why => "the host answers its own address over lo, whatever became of its links: the probe passes after every change";

    public override string Bad => """
        nics: {eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}}
        probes:
          - {ping: [|192.0.2.5|]}
          - {tcp: [|192.0.2.5|], port: 22}
        """;

    public override string Good => """
        nics: {eth0: {addresses: [192.0.2.5/24], gateway: 192.0.2.1}}
        probes:
          - {ping: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        if (!stack.Host.Probes.Any())
            return [];
        var owners = stack.Host.Links.Where(link => stack.Host.TableOf(link.Name.Value) is null or Route.MainTable).SelectMany(link => link.Addresses.Select(address => new { link.Name, address.Value.Address })).ToLookup(own => own.Address, own => own.Name);
        return
            from probe in stack.Host.Probes
            where !stack.Host.ProbesHalfRead.Contains(probe.Place)
            let asked = probe.Asked
            where asked is not null && (owners.Contains(asked.Value) || System.Net.IPAddress.IsLoopback(asked.Value))
            let owner = owners[asked.Value].FirstOrDefault()
            select At(asked.Place, $"the probe asks {asked}, which is an address of the host itself{(owner is null ? "" : $" ({owner})")}", "ask somebody beyond the links that may break, such as the gateway or a name server");
    }
}
