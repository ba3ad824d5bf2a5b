// A bridge for every VLAN of the bond, the host's address on the bridge: how most KVM hosts are built.
//
// The floor sends what was found fastest among the orders that end in the same state: all bridges, up; then the bond; then
// each VLAN made, put into its bridge and up in one message; addresses last. Bridges that speak IPv6 come up after their
// ports, for one that comes up without ports makes its link-local address of a MAC that it does not keep.

using System.Globalization;
using System.Text;
using Weft.Netlink;

namespace Weft.Bench;

internal sealed class BridgePerVlan : Layout
{
    /// <summary>Indexes chosen beforehand, so that a link can be spoken of as soon as it is asked for.</summary>
    private const int Bond = 100_000, Bridges = 200_000, Vlans = 300_000;

    public override string Word => "bridges";
    public override string Title => "a bridge for each VLAN";

    public override string HostFile(IReadOnlyList<Network> networks)
    {
        var text = new StringBuilder(FileHead);
        if (networks.Count == 0)
            return text.ToString();
        text.Append(FileBond).Append("vlans:\n");
        foreach (var network in networks)
            text.Append(CultureInfo.InvariantCulture, $"  {network.Vlan}: {{link: bond0, id: {network.Id}}}\n");
        text.Append("bridges:\n");
        foreach (var network in networks)
            text.Append(CultureInfo.InvariantCulture, $"  {network.Bridge}: {{ports: [{network.Vlan}], addresses: [{network.Address}/{Network.PrefixLength}]}}\n");
        return text.ToString();
    }

    public override IReadOnlyList<Act> Floor(Job job, int count, IReadOnlyList<int> nics) => job switch
    {
        Job.FirstApply =>
        [
            .. Act.Pack(Network.First(count).Select(AddBridge)),
            new Act.Ipv6("default", false),
            .. Act.Pack([BondLink(Bond)]),
            .. Nics.Select(nic => new Act.Ipv6(nic, false)),
            .. Act.Pack([.. nics.Select(nic => Messages.Join(nic, Bond)), Messages.Up(Bond), .. Network.First(count).Select(AddVlan)]),
            new Act.Ipv6("default", true),
            .. Act.Pack([.. Network.First(count).SelectMany(BridgeUp), .. Network.First(count).Select(Address)]),
        ],
        Job.AddOne =>
        [
            .. Act.Pack([AddBridge(Network.Behind(count))]),
            new Act.Ipv6("default", false),
            .. Act.Pack([AddVlan(Network.Behind(count))]),
            new Act.Ipv6("default", true),
            .. Act.Pack([.. BridgeUp(Network.Behind(count)), Address(Network.Behind(count))]),
        ],
        Job.RemoveOne => [.. Act.Pack([Messages.Delete(Bridges + Network.Behind(count).Id), Messages.Delete(Vlans + Network.Behind(count).Id)])],
        // The bond takes its VLANs along, and leaves its ports down.
        Job.RemoveAll =>
        [
            .. Act.Pack([.. Network.First(count).Select(network => Messages.Delete(Bridges + network.Id)), Messages.Delete(Bond)]),
            .. Nics.Select(nic => new Act.Ipv6(nic, true)),
            .. Act.Pack(nics.Select(Messages.Up)),
        ],
        _ => [],
    };

    public override IReadOnlyList<Batch> Ip(Job job, int count) => job switch
    {
        Job.FirstApply => [new("ip", false, [.. IpBond, .. Network.First(count).SelectMany(IpVlan)]), new("ip", true, [.. Network.First(count).SelectMany(IpBridge)])],
        Job.NoOp => [new("ip", true, [.. Network.First(count).SelectMany(IpAgain)])],
        Job.AddOne => [new("ip", false, [.. IpVlan(Network.Behind(count))]), new("ip", true, [.. IpBridge(Network.Behind(count))])],
        Job.RemoveOne => [new("ip", true, [$"link del {Network.Behind(count).Bridge}", $"link del {Network.Behind(count).Vlan}"])],
        _ => [new("ip", true, [.. Network.First(count).Select(network => $"link del {network.Bridge}"), "link del bond0", .. IpNics])],
    };

    private static string[] IpVlan(Network network) =>
        [$"link add link bond0 name {network.Vlan} type vlan id {network.Id}", $"link set {network.Vlan} up"];

    private static string[] IpBridge(Network network) =>
    [
        $"link add {network.Bridge} type bridge",
        $"link set {network.Vlan} master {network.Bridge}",
        $"link set {network.Bridge} up",
        $"addr add {network.Address}/{Network.PrefixLength} dev {network.Bridge}",
    ];

    private static string[] IpAgain(Network network) =>
    [
        $"link set {network.Vlan} up",
        $"link set {network.Vlan} master {network.Bridge}",
        $"link set {network.Bridge} up",
        $"addr replace {network.Address}/{Network.PrefixLength} dev {network.Bridge}",
    ];

    private static Request AddBridge(Network network) => Messages.Add(Bridges + network.Id, network.Bridge, new LinkInfo { Kind = "bridge" }, up: !Ipv6);

    private static Request AddVlan(Network network)
    {
        var request = Messages.Add(Vlans + network.Id, network.Vlan, new LinkInfo { Kind = "vlan", Vlan = new() { Id = (ushort)network.Id } }, up: true);
        var message = (LinkMessage)request.Body;
        (message.Link, message.Master) = (Bond, Bridges + network.Id);
        return request;
    }

    private static Request[] BridgeUp(Network network) => Ipv6 ? [Messages.Up(Bridges + network.Id)] : [];

    private static Request Address(Network network) => Messages.Address(Bridges + network.Id, network.Address, Network.PrefixLength);
}
