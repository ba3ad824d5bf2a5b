// The steps that are no link's: addresses, routes, policy rules, VLAN tables, and what is put back for others. What a step
// speaks of and is not there is ENODEV before anything is sent.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;
using Weft.Twin.Layer3;

namespace Weft.Twin.Requests;

internal static class OfOthers
{
    /// <summary>The rules of main and local tables that a namespace starts with; a rule without priority goes before them (fib_default_rule_pref).</summary>
    private const long FirstOfAll = 32766;

    public static Refusal? Do(Net net, Step.OfAddress step) => (step.Verb, step.Address.Is6, net.Find(step.Link)!) switch
    {
        (Verb.Remove, true, var device) => Addresses6.Delete(net, device, step.Address),
        (Verb.Remove, false, var device) => Addresses4.Delete(net, device, step.Address),
        (_, _, var device) => Add(net, device, step.Address, step.Lifetime),
    };

    private static Refusal? Add(Net net, Device device, IpPrefix address, Lifetime lifetime) =>
        address.Is6 ? Addresses6.Add(net, device, address, lifetime) : Addresses4.Add(net, device, address, lifetime);

    public static Refusal? Do(Net net, Step.OfRoute step) =>
        step.Verb == Verb.Remove ? net.Fib.Delete(step.Route) : Fib.Add(net, step.Route, replaces: step.Verb != Verb.Add);

    public static Refusal? Do(Net net, Step.OfRule step)
    {
        if (step.Verb == Verb.Remove)
        {
            var at = net.Rules.FindIndex(there => Same(there, step.Rule) && (step.Rule.Priority is null || there.Priority == step.Rule.Priority));
            if (at < 0)
                return Error.Of("ENOENT");
            net.Rules.RemoveAt(at);
            return null;
        }
        var of = net.Rules.Where(there => there.Is6 == step.Rule.Is6).ToList();
        var priority = step.Rule.Priority ?? of.Select(there => there.Priority!.Value).Append(FirstOfAll).Min() - 1;
        if (of.Exists(there => there.Priority == priority && Same(there, step.Rule)))
            return Error.Of("EEXIST");
        var before = net.Rules.FindIndex(there => there.Is6 == step.Rule.Is6 && there.Priority > priority);
        net.Rules.Insert(before < 0 ? net.Rules.Count : before, step.Rule with { Priority = priority, Table = At.Nowhere(step.Rule.Table.Value), Raw = null });
        return null;
    }

    private static bool Same(PolicyRule one, PolicyRule other) => one with { Priority = null, Protocol = 0, Words = "", Raw = null } == other with { Priority = null, Protocol = 0, Words = "", Raw = null };

    /// <summary>VLANs of a port (BRIDGE_FLAGS_MASTER) or of the bridge itself (SELF). Taking away what is not there is no error.</summary>
    public static Refusal? Do(Net net, Step.OfVlans step)
    {
        var device = net.Find(step.Link)!;
        if (step.Runs.Any(run => run.From is < 1 or > 4094 || run.To is < 1 or > 4094 || run.To < run.From || (run.Pvid && run.From != run.To)))
            return Error.Of("EINVAL");
        if ((step.Master is null ? device.OwnVlans : device.Vlans) is not { } table)
            return Error.Of("EOPNOTSUPP");
        // A bridge enters its own MAC for each VLAN that it takes part in; of zeros, it cannot (br_fdb_add_local).
        if (step.Master is null && step.Verb != Verb.Remove && Links.Macs.Valid(device.Mac) is not null && step.Runs.Any(run => Enumerable.Range(run.From, run.To - run.From + 1).Any(id => !table.Has(id))))
            return Error.Of("EINVAL");
        table = step.Verb == Verb.Remove ? table.Without(step.Runs) : table.With(step.Runs);
        if (step.Master is null)
            device.OwnVlans = table;
        else
            device.Vlans = table;
        return null;
    }

    /// <summary>What was kept comes back as it was; a link of a kind that no file declares stands where it stood.</summary>
    public static Refusal? Do(Net net, Step.OfKept step, Func<string, Link?> observed)
    {
        var kept = step.Kept;
        if (net.Find(kept.Link) is not { } device)
            return Error.Of("ENODEV");
        if (kept.Kind == KeptKind.Sysctl6 && device.Mtu < Table.LeastMtuOfIpv6)
            return Error.Of("ENODEV");
        if (kept.Kind == KeptKind.Nexthop && !device.Up)
            return Error.Of("ENETDOWN", "Nexthop device is not up");
        if (kept is { Kind: KeptKind.Link, Upper: { } name } && observed(name) is { } was)
        {
            if (net.Find(name) is not null)
                return Error.Of("EEXIST");
            if (device.Master is not null && Links.Joining.TakesFrames(was.Kind))
                return Error.Of("EBUSY");
            var again = Arrival.Enter(net, was with { Addresses = [], Settings = was.Settings.Without(MarkLines.Altnames).Without(MarkLines.Alias) }, device); // Note and names are kept apart.
            // Its addresses are told apart; its MTU is told where it was not the lower link's, and the rest is a new link's.
            again.Mtu = observed(kept.Link)?.Settings.Number(Table.Mtu) == was.Settings.Number(Table.Mtu) ? device.Mtu : Math.Min(again.Mtu, device.Mtu);
            again.Ipv6 = again.Mtu < Table.LeastMtuOfIpv6 ? null : net.NewLinksIpv6;
            foreach (var (line, usual) in net.NewLinks)
                again.Conf[line] = usual.Value;
        }
        if (kept.Kind == KeptKind.Vlans && kept.Master is null && observed(kept.Link)?.Vlans is { } own)
            device.OwnVlans = (device.OwnVlans ?? VlanTable.Empty).With(own.Runs);
        if (kept.Kind == KeptKind.Vlans && kept.Master is { } bridge && observed(bridge)?.Ports.FirstOrDefault(port => port.Name.Value == kept.Link)?.Vlans is { } table)
            device.Vlans = (device.Vlans ?? VlanTable.Empty).With(table.Runs);
        if (kept is { Kind: KeptKind.Mark, Master: { } over } && observed(over)?.Ports.FirstOrDefault(port => port.Name.Value == kept.Link)?.Settings.ValueOf(BridgePortLines.BackupPort) is { } backup)
            device.AsPort[BridgePortLines.BackupPort] = backup;
        if (kept is { Kind: KeptKind.Address, Address: { } address } && Add(net, device, address, observed(kept.Link)?.LifetimeOf(address) ?? Lifetime.Forever) is { } refused)
            return refused;
        if (MarkLines.All.FirstOrDefault(line => line.Name == kept.Line) is { } mark && observed(kept.Link)?.Settings.ValueOf(mark) is { } value)
            LinkMarks.Put(net, device, mark, value);
        if (!net.Kept.Contains(kept))
            net.Kept.Add(kept);
        return null;
    }
}
