// A step on a link as the messages that are made of it: the IPv6 switch under /proc/sys first, what its driver keeps, then one RTM_NEWLINK, or one
// RTM_DELLINK, and for other names theirs. A refused switch does not keep the message from being sent.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Twin.Layer3;
using Weft.Twin.Links;

namespace Weft.Twin.Requests;

internal static class OfLink
{
    /// <summary>RTPROT_RA.</summary>
    private const byte RouterAdvertisement = 9;

    public static Refusal? Do(Net net, Step.OfLink step)
    {
        if (step.Verb == Verb.Adopt)
            return null;
        var device = net.Find(step.Name);
        if (step.Verb == Verb.Remove)
            return Remove(net, device!);
        Refusal? unswitched = null;
        foreach (var (line, value) in step.Settings.Where(line => line.Home == Home.Sysctl))
            unswitched ??= line == Table.Ipv6 ? Addresses6.Switch(net, device, value.Value == Value.Of(true)) : Conf(net, device, line, value.Value);
        var undriven = device is null ? null : Drivers.Set(device, step.Settings);
        var settings = step.Settings.Where(line => line.Home is not (Home.Sysctl or Home.Hardware));
        var refused = step.Verb == Verb.Add ? LinkCreation.Make(net, step with { Settings = settings })
            : settings.Count > 0 ? LinkChange.Make(net, device!, settings, step.Kind)
            : null;
        // Messages of their own: a refused one before them does not keep them from being sent.
        var unnamed = net.Find(step.Name) is { } there ? LinkMarks.Rename(net, there, settings) : null;
        return unswitched ?? undriven ?? refused ?? unnamed;
    }

    /// <summary>Below an MTU of 1280 a link has no files of IPv6's.</summary>
    private static Refusal? Conf(Net net, Device? device, Model.Attributes.Attribute line, Value value)
    {
        if (device is null || (line.Family == ConfLines.V6 && device.Ipv6 is null))
            return Error.Of("ENODEV");
        device.Conf[line] = value;
        if (line == ConfLines.Ipv6Forwarding && value == Value.Of(true)) // rt6_purge_dflt_routers: of every link that takes no advertisements while it forwards.
            net.Fib.Routes.RemoveAll(route => route.Protocol == RouterAdvertisement && route.To.Value is { Is6: true, IsEverything: true } && route.Links.All(link => net.Find(link)?.Conf.GetValueOrDefault(ConfLines.AcceptRa) != Value.Of(2)));
        return null;
    }

    private static Refusal? Remove(Net net, Device device)
    {
        if (device.Is(LinkKind.Nic) || device.Kind.Word == "loopback")
            return Error.Of("EOPNOTSUPP");
        Departure.Go(net, device);
        return null;
    }
}
