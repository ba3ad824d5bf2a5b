// At which addresses switches answer in a network. Looked up by the network: a thousand guests ask for theirs among a thousand.
using System.Net;
using Weft.Model;

namespace Weft.Topology;

public sealed class Answering(Layout layout)
{
    private readonly Dictionary<int, ILookup<IpPrefix, IPAddress>> byLength = [];

    /// <summary>The switches' addresses in the network of an address, and not that itself; in the order of the switches.</summary>
    public IEnumerable<IPAddress> In(IpPrefix own)
    {
        if (!byLength.TryGetValue(own.Length, out var networks))
            byLength[own.Length] = networks = layout.Boxes.SelectMany(box => box.Addresses.Values).SelectMany(list => list).Select(address => address.Address)
                .Where(address => own.Length <= address.GetAddressBytes().Length * 8).ToLookup(address => new IpPrefix(address, own.Length).Network);
        return networks[own.Network].Where(address => !address.Equals(own.Address));
    }
}
