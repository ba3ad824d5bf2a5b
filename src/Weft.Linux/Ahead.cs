// Names the walks that this assembly makes through the netlink sets, for the ahead-of-time compiler; see Ahead in Weft.Netlink.
// Invariant: nothing here is ever executed.

using Weft.Netlink;

namespace Weft.Linux;

internal static class Ahead
{
    public static void Gathering(ref Gather pass)
    {
        new BondData().Walk(ref pass);
        new BondAdInfo().Walk(ref pass);
        new VlanData().Walk(ref pass);
        new BridgeData().Walk(ref pass);
        new MacvlanData().Walk(ref pass);
        new VxlanData().Walk(ref pass);
        new VrfData().Walk(ref pass);
        new BondPortData().Walk(ref pass);
        new BridgePortData().Walk(ref pass);
    }

    public static void Scattering(ref Scatter pass)
    {
        new BondData().Walk(ref pass);
        new VlanData().Walk(ref pass);
        new BridgeData().Walk(ref pass);
        new MacvlanData().Walk(ref pass);
        new VxlanData().Walk(ref pass);
        new VrfData().Walk(ref pass);
        new BondPortData().Walk(ref pass);
        new BridgePortData().Walk(ref pass);
    }
}
