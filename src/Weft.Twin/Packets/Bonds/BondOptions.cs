// A bond's options as frames meet them: read once from its attributes. Intervals are in nanoseconds, delays in polls as the kernel
// keeps them (struct bond_params), and what this kernel does not know has its default.

using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Hashing;
using Weft.Twin.Packets.Time;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Packets.Bonds;

internal enum PrimaryReselect
{
    Always,
    Better,
    Failure,
}

internal enum FailOverMac
{
    None,
    Active,
    Follow,
}

/// <summary>Of arp_validate: at which ports answers must prove themselves, and whether nothing but ARP counts at the others.</summary>
[Flags]
internal enum ArpValidate
{
    None = 0,
    Active = 1,
    Backup = 2,
    All = Active | Backup,
    Filter = 4,
}

internal sealed record BondOptions(string Mode)
{
    public static BondOptions Of(Device bond) => new(bond.Mode)
    {
        Miimon = Number(bond, BondLines.Miimon) * VirtualTime.Millisecond,
        Updelay = bond.Bond?.Times[BondLines.Updelay] ?? 0,
        Downdelay = bond.Bond?.Times[BondLines.Downdelay] ?? 0,
        PeerNotifDelay = bond.Bond?.Times[BondLines.PeerNotifDelay] ?? 0,
        ArpInterval = Number(bond, BondLines.ArpInterval) * VirtualTime.Millisecond,
        ArpTargets = Addresses(bond, BondLines.ArpIpTarget),
        NsTargets = Addresses(bond, BondLines.NsIp6Target),
        ArpValidate = Word(bond, BondLines.ArpValidate) switch
        {
            "active" => ArpValidate.Active,
            "backup" => ArpValidate.Backup,
            "all" => ArpValidate.All,
            "filter" => ArpValidate.Filter,
            "filter_active" => ArpValidate.Filter | ArpValidate.Active,
            "filter_backup" => ArpValidate.Filter | ArpValidate.Backup,
            _ => ArpValidate.None,
        },
        ArpAllTargets = Word(bond, BondLines.ArpAllTargets) == "all",
        ArpMissedMax = Number(bond, BondLines.ArpMissedMax),
        Primary = bond.Bond?.Primary ?? "",
        PrimaryReselect = Word(bond, BondLines.PrimaryReselect) switch { "better" => PrimaryReselect.Better, "failure" => PrimaryReselect.Failure, _ => PrimaryReselect.Always },
        FailOverMac = Word(bond, BondLines.FailOverMac) switch { "active" => FailOverMac.Active, "follow" => FailOverMac.Follow, _ => FailOverMac.None },
        XmitHashPolicy = XmitPolicies.Of(Word(bond, BondLines.XmitHashPolicy)) ?? XmitPolicy.Layer2,
        TlbDynamicLb = Flag(bond, BondLines.TlbDynamicLb),
        LpInterval = Number(bond, BondLines.LpInterval),
        PacketsPerSlave = Number(bond, BondLines.PacketsPerSlave),
        ResendIgmp = Number(bond, BondLines.ResendIgmp),
        NumGratArp = Number(bond, BondLines.NumGratArp),
        AllSlavesActive = Flag(bond, BondLines.AllSlavesActive),
        LacpActive = Flag(bond, BondLines.LacpActive),
        LacpFast = Word(bond, BondLines.LacpRate) == "fast",
        AdSelect = Word(bond, BondLines.AdSelect),
        MinLinks = Number(bond, BondLines.MinLinks),
        AdActorSysPrio = (ushort)Number(bond, BondLines.AdActorSysPrio),
        AdUserPortKey = (ushort)Number(bond, BondLines.AdUserPortKey),
        AdActorSystem = Ethernet.Parse(Word(bond, BondLines.AdActorSystem)),
        CoupledControl = Flag(bond, BondLines.CoupledControl),
        BroadcastNeighbor = Flag(bond, BondLines.BroadcastNeighbor),
        LacpStrict = Flag(bond, BondLines.LacpStrict),
    };

    /// <summary>0: nobody polls.</summary>
    public long Miimon { get; init; }

    /// <summary>In polls.</summary>
    public long Updelay { get; init; }

    /// <summary>In polls.</summary>
    public long Downdelay { get; init; }

    /// <summary>In polls.</summary>
    public long PeerNotifDelay { get; init; }

    /// <summary>0: nobody asks.</summary>
    public long ArpInterval { get; init; }

    public IPAddress[] ArpTargets { get; init; } = [];
    public IPAddress[] NsTargets { get; init; } = [];
    public ArpValidate ArpValidate { get; init; }

    /// <summary>All targets must answer, and not only one of them.</summary>
    public bool ArpAllTargets { get; init; }

    public long ArpMissedMax { get; init; } = 2;

    /// <summary>A name, of a port or of none.</summary>
    public string Primary { get; init; } = "";

    public PrimaryReselect PrimaryReselect { get; init; }
    public FailOverMac FailOverMac { get; init; }
    public XmitPolicy XmitHashPolicy { get; init; } = XmitPolicy.Layer2;
    public bool TlbDynamicLb { get; init; } = true;

    /// <summary>In seconds.</summary>
    public long LpInterval { get; init; } = 1;

    public long PacketsPerSlave { get; init; } = 1;
    public long ResendIgmp { get; init; } = 1;
    public long NumGratArp { get; init; } = 1;
    public bool AllSlavesActive { get; init; }
    public bool LacpActive { get; init; } = true;
    public bool LacpFast { get; init; }
    public string AdSelect { get; init; } = "stable";
    public long MinLinks { get; init; }
    public ushort AdActorSysPrio { get; init; } = 65535;
    public ushort AdUserPortKey { get; init; }

    /// <summary>0: the bond's own MAC.</summary>
    public ulong AdActorSystem { get; init; }

    public bool CoupledControl { get; init; } = true;
    public bool BroadcastNeighbor { get; init; }
    public bool LacpStrict { get; init; }

    private static Value ValueOf(Device device, Attribute line) => device.Data.GetValueOrDefault(line) ?? line.Default(Settings.Empty)!;

    private static long Number(Device bond, Attribute line) => ((Value.Number)ValueOf(bond, line)).Count;

    private static bool Flag(Device bond, Attribute line) => ((Value.Flag)ValueOf(bond, line)).On;

    private static string Word(Device bond, Attribute line) => ((Value.Word)ValueOf(bond, line)).Text;

    private static IPAddress[] Addresses(Device bond, Attribute line) =>
        ValueOf(bond, line) is Value.List list ? [.. list.Items.Select(item => IPAddress.Parse(((Value.Word)item.Value).Text))] : [];
}

/// <summary>A port's options (IFLA_BOND_SLAVE_*).</summary>
internal sealed record BondPortOptions
{
    public static BondPortOptions Of(Device port) => new()
    {
        Prio = Number(port, BondPortLines.Prio),
        ActorPortPrio = (ushort)Number(port, BondPortLines.ActorPortPrio),
    };

    public long Prio { get; init; }
    public ushort ActorPortPrio { get; init; } = 255;

    private static long Number(Device port, Attribute line) => ((Value.Number)(port.AsPort.GetValueOrDefault(line) ?? line.Default(Settings.Empty)!)).Count;
}
