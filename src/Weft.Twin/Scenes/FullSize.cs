// The largest echo that an end may send: what its own link says, less the headers. A switch, whose own links pass far more than anybody's
// who stands at it, speaks in the size of whom it asks.

using System.Net;
using System.Net.Sockets;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Stacks;

namespace Weft.Twin.Scenes;

internal static class FullSize
{
    /// <summary>Headers of an echo behind the Ethernet header.</summary>
    private const int Headers4 = 28, Headers6 = 48;

    private const int UsualMtu = 1500;

    /// <returns>Bytes behind the echo's header.</returns>
    /// <param name="source">The address to send from; null where the sender's routes choose it.</param>
    public static int Of(Scene scene, Machine from, IPAddress? source, Machine to, IPAddress target)
    {
        var (machine, own) = scene.Layout.Boxes.Exists(box => scene.Machine(box.Name) == from) ? (to, target) : (from, source ?? SourceOf(from, target));
        foreach (var link in machine.Stack.Links)
            foreach (var address in link.Addresses)
                if (address.Address.ToAddress().Equals(own))
                    return Less(link.Device.Mtu, target);
        return Less(UsualMtu, target);
    }

    private static int Less(int mtu, IPAddress target) => mtu - (target.AddressFamily == AddressFamily.InterNetwork ? Headers4 : Headers6);

    private static IPAddress? SourceOf(Machine from, IPAddress target)
    {
        var source = default(IpAddr);
        return from.Stack.Output.Find(IpAddr.Of(target), ref source, null, out _) ? source.ToAddress() : null;
    }
}
