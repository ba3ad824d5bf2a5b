// What an older kernel does not know of the files: it is left out, and said.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Hashing;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Scenes;

internal static class Unknown
{
    /// <summary>Takes from a machine's links what a kernel has no option for: they are as if nobody had said anything.</summary>
    public static void Leave(string machine, Net net, KernelVersion kernel, List<string> notes)
    {
        foreach (var device in net.Devices)
        {
            Leave(machine, device, device.Data, kernel, notes);
            Leave(machine, device, device.AsPort, kernel, notes);
            if (device.Bond is not { } bond)
                continue;
            foreach (var delay in BondLines.Delays.Where(delay => !kernel.Knows(delay)))
                bond.Times[delay] = 0;
            if (XmitPolicies.Of(device.Data[BondLines.XmitHashPolicy].ToString()) is { } policy && !kernel.Has(policy))
            {
                notes.Add($"{machine}: {device.Name} has xmit_hash_policy {device.Data[BondLines.XmitHashPolicy]}, which Linux {kernel.Name} does not know: it is left out");
                device.Data.Remove(BondLines.XmitHashPolicy);
            }
        }
    }

    private static void Leave(string machine, Device device, Dictionary<Attribute, Value> values, KernelVersion kernel, List<string> notes)
    {
        foreach (var (line, value) in values.Where(pair => !kernel.Knows(pair.Key)).ToList())
        {
            if (value != line.Default(Settings.Empty))
                notes.Add($"{machine}: {device.Name} has {line.Name} {value}, which Linux {kernel.Name} does not know: it is left out");
            values.Remove(line);
        }
    }
}
