// What a stack keeps of one link (struct in_device, struct inet6_dev): its addresses, settings and neighbours.

using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks;

/// <summary>An address on a link (struct in_ifaddr, struct inet6_ifaddr).</summary>
/// <param name="IsSecondary">Another one of its network was there before it (IPv4).</param>
/// <param name="IsMade">The kernel made it of the MAC: it comes and goes with the link's being up.</param>
internal readonly record struct OwnAddress(Subnet Subnet, bool IsSecondary, bool IsMade)
{
    public IpAddr Address => Subnet.Address;
}

internal sealed class IpLink(Stack stack, Netdev device)
{
    private readonly Dictionary<IpAddr, Neighbour> neighbours = [];
    private OwnAddress[] addresses = [];
    private Neighbour? last;
    private Found direct;

    public Stack Stack { get; } = stack;
    public Netdev Device { get; } = device;

    public IpConf Conf { get; set; } = new();
    public ReachTime Reach { get; } = new(device.World);
    public IReadOnlyCollection<Neighbour> Neighbours => neighbours.Values;

    /// <summary>The way straight out of the link, which no table needs to know.</summary>
    public Found Direct => direct.Route is null ? direct = new(new(Subnet.All(true), 0, [new(this, default, 1)]), new(this, default, 1)) : direct;

    /// <summary>As the kernel lists them.</summary>
    public ReadOnlySpan<OwnAddress> Addresses => addresses;

    /// <summary>The VRF in which its addresses and routes are; null where they are nobody's but the machine's.</summary>
    public Vrf? Domain => Device as Vrf ?? Device.Master as Vrf;

    /// <summary>Whether it speaks IPv6 now: it needs an MTU of 1280 for that.</summary>
    public bool Speaks6 => Conf.Speaks6 && Device.Mtu >= 1280;

    public bool Forwards(bool is4) => is4 ? Conf.Forwards4 ?? Stack.Forwards4 : Conf.Forwards6 ?? Stack.Forwards6;

    /// <summary>Whether routes over it are passed over now, because it has no carrier.</summary>
    public bool IsIgnored(bool is4) => !Device.HasCarrier && (is4 ? Conf.IgnoresLinkdown4 : Conf.IgnoresLinkdown6);

    public bool Has(IpAddr address) => IndexOf(address) >= 0;

    public int IndexOf(IpAddr address)
    {
        for (var i = 0; i < addresses.Length; i++)
            if (addresses[i].Address == address)
                return i;
        return -1;
    }

    /// <summary>The network of its own that holds an address.</summary>
    public bool IsOnLink(IpAddr address)
    {
        foreach (var own in addresses)
            if (own.Subnet.Contains(address))
                return true;
        return false;
    }

    /// <summary>Whether an address is the last of an IPv4 network of its own.</summary>
    public bool IsBroadcast(IpAddr address)
    {
        foreach (var own in addresses)
            if (own.Subnet.Is4 && own.Subnet.Broadcast == address)
                return true;
        return false;
    }

    /// <returns>Null where it is there already.</returns>
    public OwnAddress? Add(Subnet subnet, bool isMade = false)
    {
        if (Has(subnet.Address))
            return null;
        var isSecondary = subnet.Is4 && Array.Exists(addresses, other => other.Subnet.Length == subnet.Length && other.Subnet.Contains(subnet.Address));
        var own = new OwnAddress(subnet, isSecondary, isMade);
        addresses = [.. addresses, own];
        return own;
    }

    /// <summary>The addresses that do not outlive the link's going down go.</summary>
    public void Lose6() => addresses = Array.FindAll(addresses, own => own.Subnet.Is4 || (Conf.KeepsAddresses6 && !own.IsMade));

    /// <summary>neigh_create: what is known of an address, from now on something.</summary>
    public Neighbour Neighbour(IpAddr address)
    {
        if (last is not null && last.Address == address)
            return last;
        if (!neighbours.TryGetValue(address, out last))
            neighbours.Add(address, last = new(this, address));
        return last;
    }

    /// <summary>What is known of an address; null where nothing is.</summary>
    public Neighbour? Known(IpAddr address) => neighbours.GetValueOrDefault(address);

    /// <summary>neigh_flush_dev, of every neighbour.</summary>
    public void Forget(string why)
    {
        foreach (var neighbour in neighbours.Values)
            neighbour.Forget(why);
        neighbours.Clear();
        last = null;
    }

    public override string ToString() => Device.ToString();
}
