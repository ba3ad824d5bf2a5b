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

    private static readonly string[] NoArp = [BondLines.Lacp, BondLines.Tlb, BondLines.Alb];
    private static readonly string[] NoPrimary = [BondLines.RoundRobin, BondLines.Xor, BondLines.Broadcast, BondLines.Lacp];
    private static readonly string[] NoLacp = [BondLines.RoundRobin, BondLines.ActiveBackup, BondLines.Xor, BondLines.Broadcast, BondLines.Tlb, BondLines.Alb];
    private static readonly string[] NotBalancing = [BondLines.RoundRobin, BondLines.ActiveBackup, BondLines.Xor, BondLines.Broadcast, BondLines.Lacp];
    private static readonly string[] NotRoundRobin = [BondLines.ActiveBackup, BondLines.Xor, BondLines.Broadcast, BondLines.Lacp, BondLines.Tlb, BondLines.Alb];

    /// <summary>One option.</summary>
    /// <param name="Refusing">Modes that refuse it (EACCES).</param>
    /// <param name="NoPorts">BOND_OPTFLAG_NOSLAVES.</param>
    /// <param name="IfDown">BOND_OPTFLAG_IFDOWN.</param>
    private sealed record Option(Attribute Line, string[] Refusing, bool NoPorts, bool IfDown, Func<Device, Value, Refusal?> Set);

    private static readonly ImmutableArray<Option> Options =
    [
        new(BondLines.Mode, [], true, true, SetMode),
        new(BondLines.Miimon, [], false, false, SetMiimon),
        .. BondLines.Delays.Select(delay => new Option(delay, [], false, false, (bond, value) => SetDelay(bond, delay, value))),
        Plain(BondLines.UseCarrier),
        new(BondLines.ArpInterval, NoArp, false, false, SetArpInterval),
        new(BondLines.ArpIpTarget, [], false, false, (bond, value) => SetTargets(bond, BondLines.ArpIpTarget, value)),
        new(BondLines.NsIp6Target, [], false, false, (bond, value) => SetTargets(bond, BondLines.NsIp6Target, value)),
        Plain(BondLines.ArpValidate, NoArp),
        Plain(BondLines.ArpAllTargets),
        new(BondLines.Primary, NoPrimary, false, false, (bond, value) => Done(bond.Bond!.Primary = ((Value.Word)value).Text)),
        Plain(BondLines.PrimaryReselect),
        new(BondLines.FailOverMac, [], true, false, Put(BondLines.FailOverMac)),
        Plain(BondLines.XmitHashPolicy),
        Plain(BondLines.ResendIgmp),
        Plain(BondLines.NumGratArp),
        Plain(BondLines.AllSlavesActive),
        Plain(BondLines.MinLinks),
        Plain(BondLines.LpInterval),
        Plain(BondLines.PacketsPerSlave, NotRoundRobin),
        Plain(BondLines.LacpActive, NoLacp, ifDown: true),
        Plain(BondLines.LacpRate, NoLacp, ifDown: true),
        Plain(BondLines.AdSelect, ifDown: true),
        Plain(BondLines.AdActorSysPrio, NoLacp),
        Plain(BondLines.AdUserPortKey, NoLacp, ifDown: true),
        Plain(BondLines.AdActorSystem, NoLacp),
        Plain(BondLines.TlbDynamicLb, NotBalancing, ifDown: true),
        Plain(BondLines.ArpMissedMax, NoArp),
        Plain(BondLines.CoupledControl, NoLacp, ifDown: true),
        Plain(BondLines.BroadcastNeighbor, NoLacp),
        Plain(BondLines.LacpStrict, NoLacp),
    ];

    private static Option Plain(Attribute line, string[]? refusing = null, bool ifDown = false) => new(line, refusing ?? [], false, ifDown, Put(line));

    /// <summary>What the kernel tells of a bond and its ports in 802.3ad only (bond_fill_info, bond_fill_slave_info).</summary>
    public static bool IsOnlyTold(Attribute line) => line == BondLines.AdActorSysPrio || line == BondLines.AdUserPortKey || line == BondLines.AdActorSystem || line == BondPortLines.ActorPortPrio;

    /// <summary>Whether the master takes this option of a port: a bond's mode may not have it.</summary>
    public static bool TakesOfPort(Device master, Attribute line) =>
        master.Bond is null || !(line == BondPortLines.Prio ? NoPrimary : line == BondPortLines.ActorPortPrio ? NoLacp : []).Contains(master.Mode);

    public static bool Knows(Attribute attribute) => Options.Any(option => option.Line == attribute);

    /// <summary>The values of a bond that was just made (bond_check_params without module options).</summary>
    public static void Begin(Device bond)
    {
        foreach (var line in Table.OfLink(LinkKind.Bond).Where(line => line.Home == Home.Data && line != BondLines.Primary && !BondLines.Delays.Contains(line) && Features.Has(line)))
            if (line.Default(Settings.Empty) is { } value)
                bond.Data[line] = value;
    }

    /// <summary>bond_changelink.</summary>
    public static Refusal? Change(Device bond, Settings data)
    {
        foreach (var option in Options)
        {
            if (data.Get(option.Line) is not { Value: var value } || !Features.Has(option.Line))
                continue; // An attribute that it does not know the kernel passes over.
            if (option.Line == BondLines.ArpInterval && value is Value.Number { Count: > 0 } && data.Number(BondLines.Miimon) is > 0)
                return Error.Of("EINVAL", "ARP monitoring cannot be used with MII monitoring", Path(option));
            if (option.Line == BondLines.ArpValidate && data.Number(BondLines.Miimon) is > 0)
                return Error.Of("EINVAL", "ARP validating cannot be used with MII monitoring", Path(option));
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
        bond.Data[BondLines.Mode] = mode;
        bond.Data[BondLines.ArpValidate] = Value.Of("none");
        if (bond.Data.ContainsKey(BondLines.BroadcastNeighbor))
            bond.Data[BondLines.BroadcastNeighbor] = Value.Of(false);
        if (bond.Mode == BondLines.Alb)
            bond.Data[BondLines.TlbDynamicLb] = Value.Of(true);
        if (NoArp.Contains(bond.Mode))
        {
            bond.Data[BondLines.ArpInterval] = Value.Of(0);
            if (bond.Number(BondLines.Miimon) == 0)
                bond.Data[BondLines.Miimon] = Value.Of(DefaultMiimon);
        }
        return null;
    }

    private static Refusal? SetMiimon(Device bond, Value value)
    {
        bond.Data[BondLines.Miimon] = value;
        if (bond.Number(BondLines.Miimon) > 0 && bond.Number(BondLines.ArpInterval) > 0)
        {
            bond.Data[BondLines.ArpInterval] = Value.Of(0);
            bond.Data[BondLines.ArpValidate] = Value.Of("none");
        }
        return null;
    }

    private static Refusal? SetArpInterval(Device bond, Value value)
    {
        bond.Data[BondLines.ArpInterval] = value;
        if (bond.Number(BondLines.ArpInterval) > 0)
            bond.Data[BondLines.Miimon] = Value.Of(0);
        return null;
    }

    /// <summary>The old targets go first; what is refused leaves the ones before it.</summary>
    private static Refusal? SetTargets(Device bond, Attribute line, Value value)
    {
        var taken = new List<Value>();
        foreach (var target in value is Value.List list ? list.Items.Select(item => item.Value) : [value])
        {
            var bad = target.ToString() is "0.0.0.0" or "255.255.255.255" || taken.Contains(target) || taken.Count == BondLines.MostTargets;
            if (!bad)
                taken.Add(target);
            bond.Data[line] = new Value.List([.. taken.Select(Weft.Text.At.Nowhere)]);
            if (bad)
                return Error.Of("EINVAL", "invalid option value");
        }
        bond.Data[line] = new Value.List([.. taken.Select(Weft.Text.At.Nowhere)]);
        return null;
    }

    /// <summary>A delay is kept as a multiple of the polling interval, rounded down; without polling there is none.</summary>
    private static Refusal? SetDelay(Device bond, Attribute delay, Value value)
    {
        if (bond.Number(BondLines.Miimon) is not (> 0 and var interval))
            return Error.Of("EPERM");
        bond.Bond!.Times[delay] = ((Value.Number)value).Count / interval;
        return null;
    }

    private static Func<Device, Value, Refusal?> Put(Attribute attribute) => (bond, value) =>
    {
        bond.Data[attribute] = value;
        return null;
    };

    private static Refusal? Done<T>(T _) => null;
}
