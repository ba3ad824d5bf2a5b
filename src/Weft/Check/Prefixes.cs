// The IP networks that some links are in. A next hop is looked up by the prefix lengths that occur, not by walking every
// address for every route.

using System.Net;
using Weft.Model;

namespace Weft.Check;

internal sealed class Prefixes
{
    private readonly HashSet<IpPrefix> networks = [];
    private readonly HashSet<int> lengths = [];
    private readonly HashSet<IPAddress> own = [];

    public Prefixes(IEnumerable<Link> links)
    {
        foreach (var address in links.SelectMany(link => link.Addresses))
        {
            networks.Add(address.Value.Network);
            lengths.Add(address.Value.Length);
            own.Add(address.Value.Address);
        }
    }

    public bool Contain(IPAddress address)
    {
        var longest = address.GetAddressBytes().Length * 8;
        return lengths.Any(length => length <= longest && networks.Contains(new IpPrefix(address, length).Network));
    }

    /// <summary>Whether a next hop is beside the links: in one of their networks, or on every link.</summary>
    public bool Reach(IPAddress hop) => hop.IsIPv6LinkLocal || Contain(hop);

    public bool IsOwn(IPAddress address) => own.Contains(address);

    /// <summary>The first few, for a message; null where there is none.</summary>
    public string? Some => networks.Count == 0 ? null : string.Join(", ", networks.Take(4));
}
