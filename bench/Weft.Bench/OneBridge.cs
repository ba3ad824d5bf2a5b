// One VLAN-aware bridge over the bond, its VLANs in the tables of its port and of itself, and for each network a VLAN device on
// the bridge with the host's address: thousands of networks, and one bridge.
//
// The floor enters all VLANs as one range; then, with IPv6, each VLAN device made and up in one message; addresses last.

using System.Globalization;
using System.Text;
using Weft.Netlink;

namespace Weft.Bench;

internal sealed class OneBridge : Layout
{
    private const int Bond = 100_000, Bridge = 100_001, Ends = 300_000;
    private const ushort Self = 2, RangeBegin = 8, RangeEnd = 16;

    public override string Word => "vlans";
    public override string Title => "one VLAN-aware bridge";

    private static string End(Network network) => $"br0.{network.Id}";

    public override string HostFile(IReadOnlyList<Network> networks)
    {
        var text = new StringBuilder(FileHead);
        if (networks.Count == 0)
            return text.ToString();
        text.Append(FileBond).Append("bridges:\n  br0: {vlan_filtering: true, ports: [bond0]}\nnetworks:\n");
        foreach (var network in networks)
            text.Append(CultureInfo.InvariantCulture, $"  n{network.Id}: {{link: br0, vlan: {network.Id}, addresses: [{network.Address}/{Network.PrefixLength}]}}\n");
        return text.ToString();
    }

    public override IReadOnlyList<Act> Floor(Job job, int count, IReadOnlyList<int> nics) => job switch
    {
        Job.FirstApply =>
        [
            new Act.Ipv6("default", false),
            .. Act.Pack([BondLink(Bond), Messages.Add(Bridge, "br0", new LinkInfo { Kind = "bridge", Bridge = new() { VlanFiltering = 1 } }, up: false)]),
            .. Nics.Select(nic => new Act.Ipv6(nic, false)),
            .. Act.Pack([.. nics.Select(nic => Messages.Join(nic, Bond)), Messages.Up(Bond), Messages.Join(Bond, Bridge), .. Enter(2, count + 1), Messages.Up(Bridge)]),
            new Act.Ipv6("default", true),
            .. Act.Pack([.. Network.First(count).Select(AddEnd), .. Network.First(count).Select(Address)]),
        ],
        Job.AddOne => [.. Act.Pack([.. Enter(count + 2, count + 2), AddEnd(Network.Behind(count)), Address(Network.Behind(count))])],
        Job.RemoveOne => [.. Act.Pack([Messages.Delete(Ends + Network.Behind(count).Id), .. Enter(count + 2, count + 2, MessageType.DeleteLink)])],
        // The bridge takes the VLAN devices along.
        Job.RemoveAll =>
        [
            .. Act.Pack([Messages.Delete(Bridge), Messages.Delete(Bond)]),
            .. Nics.Select(nic => new Act.Ipv6(nic, true)),
            .. Act.Pack(nics.Select(Messages.Up)),
        ],
        _ => [],
    };

    public override IReadOnlyList<Batch> Ip(Job job, int count) => job switch
    {
        Job.FirstApply =>
        [
            new("ip", false, [.. IpBond, "link add br0 type bridge vlan_filtering 1", "link set bond0 master br0", "link set br0 up"]),
            new("bridge", true, [$"vlan add dev bond0 vid 2-{count + 1}", $"vlan add dev br0 vid 2-{count + 1} self"]),
            new("ip", true, [.. Network.First(count).SelectMany(IpEnd)]),
        ],
        Job.NoOp => [new("ip", true, [.. Network.First(count).SelectMany(network => IpEnd(network)[1..].Select(line => line.Replace("addr add", "addr replace", StringComparison.Ordinal)))])],
        Job.AddOne =>
        [
            new("bridge", true, [$"vlan add dev bond0 vid {count + 2}", $"vlan add dev br0 vid {count + 2} self"]),
            new("ip", true, IpEnd(Network.Behind(count))),
        ],
        Job.RemoveOne =>
        [
            new("ip", true, [$"link del {End(Network.Behind(count))}"]),
            new("bridge", true, [$"vlan del dev bond0 vid {count + 2}", $"vlan del dev br0 vid {count + 2} self"]),
        ],
        _ => [new("ip", true, ["link del br0", "link del bond0", .. IpNics])],
    };

    private static string[] IpEnd(Network network) =>
    [
        $"link add link br0 name {End(network)} type vlan id {network.Id}",
        $"link set {End(network)} up",
        $"addr add {network.Address}/{Network.PrefixLength} dev {End(network)}",
    ];

    /// <summary>A range of VLANs into the tables of the port and of the bridge itself, or out of them.</summary>
    private static Request[] Enter(int from, int to, MessageType type = MessageType.SetLink) =>
    [
        .. new (int Index, ushort? Flags)[] { (Bond, null), (Bridge, Self) }.Select(end => new Request(type, MessageFlags.None, new LinkMessage
        {
            Header = { Family = Families.Bridge, Index = end.Index },
            Bridge = new() { Flags = end.Flags, VlanInfos = from == to ? [new(0, (ushort)from)] : [new(RangeBegin, (ushort)from), new(RangeEnd, (ushort)to)] },
        })),
    ];

    private static Request AddEnd(Network network)
    {
        var request = Messages.Add(Ends + network.Id, End(network), new LinkInfo { Kind = "vlan", Vlan = new() { Id = (ushort)network.Id } }, up: true);
        ((LinkMessage)request.Body).Link = Bridge;
        return request;
    }

    private static Request Address(Network network) => Messages.Address(Ends + network.Id, network.Address, Network.PrefixLength);
}
