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
            foreach (var delay in BondLines.Delays.Where(delay => !kernel.Knows(delay) && bond.Times[delay] != 0))
            {
                notes.Add(Said(machine, device, delay.Name, (bond.Times[delay] * device.Number(BondLines.Miimon)).ToString(System.Globalization.CultureInfo.InvariantCulture), kernel));
                bond.Times[delay] = 0;
            }
            if (XmitPolicies.Of(device.Data[BondLines.XmitHashPolicy].ToString()) is { } policy && !kernel.Has(policy))
            {
                notes.Add(Said(machine, device, BondLines.XmitHashPolicy.Name, device.Data[BondLines.XmitHashPolicy].ToString(), kernel));
                device.Data.Remove(BondLines.XmitHashPolicy);
            }
        }
    }

    private static void Leave(string machine, Device device, Dictionary<Attribute, Value> values, KernelVersion kernel, List<string> notes)
    {
        foreach (var (line, value) in values.Where(pair => !kernel.Knows(pair.Key)).ToList())
        {
            if (value != line.Default(Settings.Empty))
                notes.Add(Said(machine, device, line.Name, value.ToString(), kernel));
            values.Remove(line);
        }
    }

    private static string Said(string machine, Device device, string option, string? value, KernelVersion kernel) => $"{machine}: {device.Name} has {option} {value}, which Linux {kernel.Name} does not know: it is left out";
}
