// The way back of the expansion: links of an observed host become `networks` again, where the last file had them so and they
// are, key by key, what the network would make. What does not fit stays as links, and so do guests behind it.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Spec;
using Weft.Text;

namespace Weft.Show;

internal static class Folded
{
    /// <param name="file">The observed host as a host file, in links.</param>
    /// <param name="now">The same host as it was observed.</param>
    /// <param name="last">The last file as it was written.</param>
    public static Host Of(Host file, Host now, Host last)
    {
        var written = last.Rest;
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var carried = new Dictionary<string, List<VlanRun>>(StringComparer.Ordinal);
        var fitting = (written.Map("networks") ?? Fields.Empty).Where(field => Fits(field, file, now, gone, carried)).ToList();
        if (fitting.Count == 0)
            return file;
        var networks = new Fields(fitting);
        return file with
        {
            Links = [.. file.Links.Where(link => !gone.Contains(link.Name.Value)).Select(link => carried.TryGetValue(link.Name.Value, out var runs) ? Untrunked(link, VlanTable.Of(runs), last.Find(link.Name.Value)) : link)],
            Rest = new([.. file.Rest.Select(section => section.Name.Value == "guests" ? Guests(section, written, networks) : section), new Field(At.Nowhere("networks"), At.Nowhere<Value>(new Value.Map(networks)))]),
        };
    }

    /// <summary>Expands this network alone and compares what it makes with what is there.</summary>
    private static bool Fits(Field entry, Host file, Host now, HashSet<string> gone, Dictionary<string, List<VlanRun>> carried)
    {
        var network = new Network(entry);
        if (network.Link is not { } name || file.Find(name.Value) is not { } lower)
            return false;
        var bare = lower with { Vlans = null, Ports = [.. lower.Ports.Select(port => new Port(port.Name, Settings.Empty))], Rest = Fields.Empty };
        var alone = new Host { Links = [bare], Rest = new([new Field(At.Nowhere("networks"), At.Nowhere<Value>(new Value.Map(new([entry]))))]) };
        var (made, findings) = Networks.Expand(alone);
        var links = made.Links.Where(link => link.Name != lower.Name).ToList();
        var trunk = made.Find(name.Value)!;
        if (!findings.IsEmpty || !links.TrueForAll(link => file.Find(link.Name.Value) is { } there && now.Find(link.Name.Value) is { } observed && IsSame(link, there, observed))
            || now.Find(name.Value) is not { } below || !Carries(below, trunk))
            return false;
        gone.UnionWith(links.Select(link => link.Name.Value));
        if (lower.Kind == LinkKind.Bridge)
            (carried.TryGetValue(name.Value, out var runs) ? runs : carried[name.Value] = []).Add(network.Vlan!.Value);
        return true;
    }

    /// <summary>The host has what the network says, and the file would say nothing that the network does not.</summary>
    private static bool IsSame(Link made, Link file, Link observed) =>
        made.Kind == file.Kind && file.Rest.Count == 0 && file.Vlans is null
        && Plain(made.Settings) is var said
        && file.Settings.All(pair => said.Get(pair.Key) == pair.Value)
        && said.All(pair => observed.Settings.Get(pair.Key) == pair.Value)
        && made.Addresses.ToHashSet().SetEquals(file.Addresses) && made.Addresses.All(address => made.LifetimeOf(address.Value) == file.LifetimeOf(address.Value)) && made.Gateways.ToHashSet().SetEquals(file.Gateways)
        && made.Ports.Select(port => port.Name).ToHashSet().SetEquals(file.Ports.Select(port => port.Name)) && file.Ports.All(port => port.Settings.Count == 0 && port.Rest.Count == 0);

    /// <summary>How the host's own end is observed: a list with its brackets, and of a client what it would not do anyway.</summary>
    private static Settings Plain(Settings made) => made.Where(line => line.Home is not (Home.Client or Home.Names)).With(ClientLines.WishOf(made)).With(NameLines.WishOf(made));

    /// <summary>Whether every port of the bridge, and the bridge itself, is in the VLANs that the network puts it in.</summary>
    private static bool Carries(Link observed, Link trunk) =>
        (trunk.Vlans is null || (observed.Vlans is { } own && trunk.Vlans.Runs.All(run => own.Runs.Any(there => !there.Untagged && there.From <= run.From && run.To <= there.To)))) && trunk.Ports.All(port => Has(observed.Ports.FirstOrDefault(there => there.Name == port.Name)?.Vlans, port.Vlans));

    private static bool Has(VlanTable? there, VlanTable? wanted) => wanted is null || (there is not null && wanted.NotIn(there).IsEmpty);

    /// <summary>The bridge without the VLANs that its networks will put there again; what the last file said by hand stays said.</summary>
    private static Link Untrunked(Link bridge, VlanTable networks, Link? said) => Less(bridge.Vlans, bridge.Rest, networks, said?.Vlans) is var (vlans, rest) ? bridge with
    {
        Vlans = vlans,
        Rest = rest,
        Ports = [.. bridge.Ports.Select(port => Less(port.Vlans, port.Rest, networks, said?.Ports.FirstOrDefault(other => other.Name == port.Name)?.Vlans) is var (less, keys) ? port with { Vlans = less, Rest = keys } : port)],
    } : bridge;

    private static (VlanTable?, Fields) Less(VlanTable? there, Fields keys, VlanTable networks, VlanTable? said)
    {
        var listed = VlanTable.Of([.. keys.List("vlans").Select(item => VlanRange.Of(item.Value))]);
        var less = listed.NotIn(VlanTable.Of(networks.NotIn(said ?? VlanTable.Empty)));
        if (VlanTable.Of(less).Equals(listed))
            return (there, keys);
        var rest = keys.Without("vlans");
        if (less.Length > 0)
            rest = rest.With("vlans", new Value.List([.. less.Select(run => At.Nowhere(VlanRange.ToValue(run)))]));
        return (rest.Has("vlans") || rest.Has("pvid") ? there?.Without(listed.NotIn(VlanTable.Of(less))) : null, rest);
    }

    /// <summary>A NIC of a network that is a network again is plugged into it, as it was written; any other into its bridge.</summary>
    private static Field Guests(Field expanded, Fields written, Fields networks) => expanded.Value.Value is not Value.Map { Fields: var guests } ? expanded
        : expanded with { Value = At.Nowhere<Value>(new Value.Map(new(guests.Select(guest => written.Map("guests")?.Map(guest.Name.Value) is { } said ? Guest(guest, said, networks) : guest)))) };

    private static Field Guest(Field expanded, Fields said, Fields networks)
    {
        if (expanded.Value.Value is not Value.Map { Fields: var keys } || keys.List("nics") is var nics && nics.Length != said.List("nics").Length)
            return expanded;
        var mixed = nics.Zip(said.List("nics"), (link, network) => new GuestNic(network).Network is { } name && networks.Has(name.Value) ? network : link);
        return keys.Has("nics") ? expanded with { Value = At.Nowhere<Value>(new Value.Map(keys.With("nics", new Value.List([.. mixed])))) } : expanded;
    }
}
