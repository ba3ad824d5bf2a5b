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
    public static Refusal? Do(Net net, Step.OfLink step)
    {
        if (step.Verb == Verb.Adopt)
            return null;
        var device = net.Find(step.Name);
        if (step.Verb == Verb.Remove)
            return Remove(net, device!);
        var unswitched = step.Settings.Flag(Table.Ipv6) is { } on ? Addresses6.Switch(net, device, on) : null;
        var undriven = device is null ? null : Drivers.Set(device, step.Settings);
        var settings = step.Settings.Where(line => line != Table.Ipv6 && line.Home != Home.Hardware);
        var refused = step.Verb == Verb.Add ? LinkCreation.Make(net, step with { Settings = settings })
            : settings.Count > 0 ? LinkChange.Make(net, device!, settings, step.Kind)
            : null;
        // Messages of their own: a refused one before them does not keep them from being sent.
        var unnamed = net.Find(step.Name) is { } there ? LinkMarks.Rename(net, there, settings) : null;
        return unswitched ?? undriven ?? refused ?? unnamed;
    }

    private static Refusal? Remove(Net net, Device device)
    {
        if (device.Is(LinkKind.Nic) || device.Kind.Word == "loopback")
            return Error.Of("EOPNOTSUPP");
        Departure.Go(net, device);
        return null;
    }
}
