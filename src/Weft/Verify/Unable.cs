// What a NIC cannot do, said at the line that wants it and before anything is sent: an operation that its driver does not have,
// more than it takes, a feature that it does not know or that is fixed. The driver would refuse in mid-air, or take it in vain.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Verify;

internal static class Unable
{
    private const string Lacks = "nic-lacks", Above = "nic-maximum";

    /// <param name="file">What is wanted, with kernel names.</param>
    /// <param name="now">What is observed. A NIC that was not asked says nothing.</param>
    public static IEnumerable<Finding> Of(Host file, Host now) =>
        from nic in file.Links
        where nic.Settings.Any(pair => pair.Key.Home == Home.Hardware)
        let there = now.Find(nic.Name.Value)
        where there?.State?.Hardware is not null
        from said in nic.Settings
        where said.Key.Home == Home.Hardware && said.Value.Value is not Value.Word { Text: "default" }
        from finding in Of(nic.Name.Value, said.Key, said.Value, there, there.State!.Hardware!)
        select finding;

    private static IEnumerable<Finding> Of(string nic, Attribute line, At<Value> said, Link there, Hardware hardware)
    {
        if (!hardware.Asked.Contains(line))
            return [];
        if (hardware.Lacks.Contains(line))
            return [Finding.Error(Lacks, said.Place, $"{nic} has no {line} that could be set", $"{Driver(there)} has no such operation (EOPNOTSUPP)", "remove it, or use a NIC that has it")];
        return line == NicLines.Offloads ? ((Value.Map)said.Value).Fields.SelectMany(field => Feature(nic, field, Map(there, line), hardware))
            : line == NicLines.Advertise ? MarkLines.NamesIn(said.Value).Where(mode => !hardware.Modes.Contains(mode)).Select(mode => Mode(nic, mode, ((Value.List)said.Value).Items.First(item => item.ToString() == mode).Place, hardware))
            : line == NicLines.Speed && !hardware.Modes.IsEmpty && !hardware.Modes.Any(mode => mode.StartsWith($"{said.Value}base", StringComparison.Ordinal)) ? [Mode(nic, $"{said.Value} Mbit/s", said.Place, hardware)]
            : NicLines.IsMap(line) ? ((Value.Map)said.Value).Fields.SelectMany(field => Key(nic, line, field, Map(there, line), hardware)) : [];
    }

    private static IEnumerable<Finding> Key(string nic, Attribute line, Field field, Fields held, Hardware hardware)
    {
        var key = field.Name.Value;
        if (!held.Has(key))
            yield return Finding.Error(Lacks, field.Name.Place, $"{nic} has no {line} of kind {key}", $"its driver tells of {(held.Count == 0 ? "none" : string.Join(", ", held.Select(there => there.Name.Value)))}", $"remove {key}");
        else if (field.Value.Value is Value.Number number && hardware.Most.TryGetValue($"{line}.{key}", out var most) && number.Count > most)
            yield return Finding.Error(Above, field.Value.Place, $"{line} {key} is {number} for {nic}, which takes at most {most}", "the kernel refuses more than the driver says that it takes (EINVAL)", $"write {most} or less");
    }

    private static IEnumerable<Finding> Feature(string nic, Field field, Fields held, Hardware hardware)
    {
        var (name, changeable) = (field.Name.Value, held.Select(there => there.Name.Value));
        string[] free = [.. Features.Of(name, changeable)], fast = [.. Features.Of(name, hardware.Fixed.Select(there => there.Name.Value))];
        if (free.Length + fast.Length == 0)
            yield return Finding.Error(Lacks, field.Name.Place, $"{nic} has no feature {name}", "this kernel tells of none of that name" + Nearest.Hint(name, changeable.Concat(hardware.Fixed.Select(there => there.Name.Value)).Concat(Features.Known)), "see what the NIC has: weft show --json");
        else if (free.Length == 0 && !fast.All(feature => hardware.Fixed.Get(feature)!.Value == field.Value.Value))
            yield return Finding.Error(Lacks, field.Value.Place, $"{name} is {(field.Value.Value == Value.Of(true) ? "off" : "on")} on {nic} for good", "its driver lets nobody change that", $"remove {name}, or use a NIC that can");
    }

    private static Finding Mode(string nic, string mode, Place place, Hardware hardware) =>
        Finding.Error(Lacks, place, $"{nic} does not talk {mode}", $"it has {(hardware.Modes.IsEmpty ? "no modes to choose from" : string.Join(", ", hardware.Modes))}", "choose one of these");

    private static Fields Map(Link there, Attribute line) => (there.Settings.ValueOf(line) as Value.Map)?.Fields ?? Fields.Empty;

    private static string Driver(Link there) => there.State?.Driver is { } driver ? $"the driver {driver}" : "its driver";
}
