// A bond's options (drivers/net/bonding/bond_options.c): which modes refuse one, what state the bond must be in, and what
// setting it does to the others. The lines stand in the order in which bond_changelink takes them from a message; each is
// applied on its own, and those before a refused one stay.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Bonding;

internal static class BondOptions
{
    private const string WithoutPorts = "unable to set option because the bond device has slaves";
    private const string Down = "unable to set option because the bond device is up";
    private const string InMode = "option not supported in mode";
    private const long DefaultMiimon = 100;
    private const int MostTargets = 16;

    private static readonly string[] NoArp = [Table.Lacp, Table.Tlb, Table.Alb];
    private static readonly string[] NoPrimary = [Table.RoundRobin, Table.Xor, Table.Broadcast, Table.Lacp];
    private static readonly string[] NoLacp = [Table.RoundRobin, Table.ActiveBackup, Table.Xor, Table.Broadcast, Table.Tlb, Table.Alb];

    /// <summary>One option.</summary>
    /// <param name="Refusing">Modes that refuse it (EACCES).</param>
    /// <param name="NoPorts">BOND_OPTFLAG_NOSLAVES.</param>
    /// <param name="IfDown">BOND_OPTFLAG_IFDOWN.</param>
    private sealed record Option(Attribute Line, string[] Refusing, bool NoPorts, bool IfDown, Func<Device, Value, Refusal?> Set);

    private static readonly ImmutableArray<Option> Options =
    [
        new(Table.Mode, [], true, true, SetMode),
        new(Table.Miimon, [], false, false, SetMiimon),
        new(Table.Updelay, [], false, false, (bond, value) => Times(bond, value) is { } times ? Done(bond.Bond!.UpdelayTimes = times) : Error.Of("EPERM")),
        new(Table.Downdelay, [], false, false, (bond, value) => Times(bond, value) is { } times ? Done(bond.Bond!.DowndelayTimes = times) : Error.Of("EPERM")),
        new(Table.ArpInterval, NoArp, false, false, SetArpInterval),
        new(Table.ArpIpTarget, [], false, false, SetTargets),
        new(Table.Primary, NoPrimary, false, false, (bond, value) => Done(bond.Bond!.Primary = ((Value.Word)value).Text)),
        new(Table.XmitHashPolicy, [], false, false, Put(Table.XmitHashPolicy)),
        new(Table.LacpRate, NoLacp, false, true, Put(Table.LacpRate)),
    ];

    /// <summary>The modes that refuse a port's prio.</summary>
    public static bool TakesPrio(Device bond) => !NoPrimary.Contains(bond.Mode);

    public static bool Knows(Attribute attribute) => Options.Any(option => option.Line == attribute);

    /// <summary>The values of a bond that was just made (bond_check_params without module options).</summary>
    public static void Begin(Device bond)
    {
        bond.Data[Table.Mode] = Value.Of(Table.RoundRobin);
        bond.Data[Table.Miimon] = Value.Of(0);
        bond.Data[Table.ArpInterval] = Value.Of(0);
        bond.Data[Table.ArpIpTarget] = new Value.List([]);
        bond.Data[Table.XmitHashPolicy] = Value.Of("layer2");
        bond.Data[Table.LacpRate] = Value.Of("slow");
    }

    /// <summary>bond_changelink.</summary>
    public static Refusal? Change(Device bond, Settings data)
    {
        foreach (var option in Options)
        {
            if (data.Get(option.Line) is not { Value: var value })
                continue;
            if (option.Line == Table.ArpInterval && value is Value.Number { Count: > 0 } && data.Number(Table.Miimon) is > 0)
                return Error.Of("EINVAL", "ARP monitoring cannot be used with MII monitoring", Path(option));
            if (May(bond, option) is { } refused)
                return refused;
            if (option.Set(bond, value) is { } failed)
                return failed with { Attribute = Path(option) };
        }
        return null;
    }

    /// <summary>bond_opt_check_deps.</summary>
    private static Refusal? May(Device bond, Option option) =>
        option.Refusing.Contains(bond.Mode) ? Error.Of("EACCES", InMode, Path(option))
        : option.NoPorts && bond.Ports.Count > 0 ? Error.Of("ENOTEMPTY", WithoutPorts, Path(option))
        : option.IfDown && bond.Up ? Error.Of("EBUSY", Down, Path(option))
        : null;

    private static string Path(Option option) => $"linkinfo.data.{option.Line.Wire}";

    /// <summary>Modes without the ARP monitor drop it and poll carriers instead.</summary>
    private static Refusal? SetMode(Device bond, Value mode)
    {
        bond.Data[Table.Mode] = mode;
        if (NoArp.Contains(bond.Mode))
        {
            bond.Data[Table.ArpInterval] = Value.Of(0);
            if (bond.Number(Table.Miimon) == 0)
                bond.Data[Table.Miimon] = Value.Of(DefaultMiimon);
        }
        return null;
    }

    private static Refusal? SetMiimon(Device bond, Value value)
    {
        bond.Data[Table.Miimon] = value;
        if (bond.Number(Table.Miimon) > 0)
            bond.Data[Table.ArpInterval] = Value.Of(0);
        return null;
    }

    private static Refusal? SetArpInterval(Device bond, Value value)
    {
        bond.Data[Table.ArpInterval] = value;
        if (bond.Number(Table.ArpInterval) > 0)
            bond.Data[Table.Miimon] = Value.Of(0);
        return null;
    }

    /// <summary>The old targets go first; what is refused leaves the ones before it.</summary>
    private static Refusal? SetTargets(Device bond, Value value)
    {
        var taken = new List<Value>();
        foreach (var target in value is Value.List list ? list.Items.Select(item => item.Value) : [value])
        {
            var bad = target.ToString() is "0.0.0.0" or "255.255.255.255" || taken.Contains(target) || taken.Count == MostTargets;
            if (!bad)
                taken.Add(target);
            bond.Data[Table.ArpIpTarget] = new Value.List([.. taken.Select(Weft.Text.At.Nowhere)]);
            if (bad)
                return Error.Of("EINVAL", "invalid option value");
        }
        bond.Data[Table.ArpIpTarget] = new Value.List([.. taken.Select(Weft.Text.At.Nowhere)]);
        return null;
    }

    /// <summary>A delay as a multiple of the polling interval, rounded down; null without polling.</summary>
    private static long? Times(Device bond, Value delay) =>
        bond.Number(Table.Miimon) is > 0 and var interval ? ((Value.Number)delay).Count / interval : null;

    private static Func<Device, Value, Refusal?> Put(Attribute attribute) => (bond, value) =>
    {
        bond.Data[attribute] = value;
        return null;
    };

    private static Refusal? Done<T>(T _) => null;
}
