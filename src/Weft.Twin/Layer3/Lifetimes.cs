// Lifetimes of addresses (rtm_to_ifaddr, inet6_rtm_newaddr): what is over, or preferred for longer than it lives, is refused.

using Weft.Apply;
using Weft.Model;

namespace Weft.Twin.Layer3;

internal static class Lifetimes
{
    public static Refusal? Refused(Lifetime lifetime) =>
        lifetime.Valid == 0 ? Error.Of("EINVAL")
        : lifetime.Valid is { } valid && (lifetime.Preferred ?? long.MaxValue) > valid ? Error.Of("EINVAL")
        : null;

    public static void Put(Device device, IpPrefix address, Lifetime lifetime)
    {
        device.Lifetimes.Remove(address);
        if (lifetime != Lifetime.Forever)
            device.Lifetimes.Add(address, lifetime);
    }
}
