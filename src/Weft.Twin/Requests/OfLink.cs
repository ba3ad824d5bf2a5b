// A step on a link as the messages that are made of it: the IPv6 switch under /proc/sys first, then one RTM_NEWLINK, or one
// RTM_DELLINK. A refused switch does not keep the message from being sent.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Twin.Layer3;
using Weft.Twin.Links;

namespace Weft.Twin.Requests;

internal static class OfLink
{
    public static Refusal? Do(Net net, Step.OfLink step)
    {
        if (step.Verb == Verb.Adopt)
            return null;
        var device = net.Find(step.Name);
        if (step.Verb == Verb.Remove)
            return Remove(net, device!);
        Refusal? unswitched = null;
        foreach (var (line, value) in step.Settings.Where(line => line.Home == Home.Sysctl))
            unswitched ??= line == Table.Ipv6 ? Addresses6.Switch(net, device, value.Value == Value.Of(true)) : Conf(device, line, value.Value);
        var settings = step.Settings.Where(line => line.Home != Home.Sysctl);
        var refused = step.Verb == Verb.Add ? LinkCreation.Make(net, step with { Settings = settings })
            : settings.Count > 0 ? LinkChange.Make(net, device!, settings, step.Kind)
            : null;
        return unswitched ?? refused;
    }

    /// <summary>Below an MTU of 1280 a link has no files of IPv6's.</summary>
    private static Refusal? Conf(Device? device, Model.Attributes.Attribute line, Value value)
    {
        if (device is null || (line.Family == ConfLines.V6 && device.Ipv6 is null))
            return Error.Of("ENODEV");
        device.Conf[line] = value;
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
