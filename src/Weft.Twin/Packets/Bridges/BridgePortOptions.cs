// The options of a bridge's port as frames meet them, its VLANs among them.

using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Packets.Bridges;

internal sealed record BridgePortOptions
{
    public static BridgePortOptions Of(Device port) => new()
    {
        Learning = On(port, BridgePortLines.Learning),
        Flood = On(port, BridgePortLines.Flood),
        McastFlood = On(port, BridgePortLines.McastFlood),
        BcastFlood = On(port, BridgePortLines.BcastFlood),
        Isolated = On(port, BridgePortLines.Isolated),
        Hairpin = On(port, BridgePortLines.Hairpin),
        Guard = On(port, BridgePortLines.Guard),
        RootBlock = On(port, BridgePortLines.RootBlock),
        Locked = On(port, BridgePortLines.Locked),
        Fastleave = On(port, BridgePortLines.Fastleave),
        NeighSuppress = On(port, BridgePortLines.NeighSuppress) || On(port, BridgePortLines.ProxyArp),
        IsWithoutFlood = On(port, BridgePortLines.ProxyArp),
        Priority = Number(port, BridgePortLines.Priority),
        Cost = port.AsPort.GetValueOrDefault(BridgePortLines.Cost) is { } cost && !BridgePortLines.IsBySpeed(BridgePortLines.Cost, cost) ? Number(port, BridgePortLines.Cost) : 0,
        GroupFwdMask = Number(port, BridgePortLines.GroupFwdMask),
        BackupPort = Word(port, BridgePortLines.BackupPort),
        McastRouter = Word(port, BridgePortLines.McastRouter),
        Vlans = port.Vlans ?? VlanTable.Default,
    };

    public bool Learning { get; init; } = true;
    public bool Flood { get; init; } = true;
    public bool McastFlood { get; init; } = true;
    public bool BcastFlood { get; init; } = true;
    public bool Isolated { get; init; }
    public bool Hairpin { get; init; }

    /// <summary>BPDU guard.</summary>
    public bool Guard { get; init; }

    /// <summary>Root guard.</summary>
    public bool RootBlock { get; init; }

    public bool Locked { get; init; }
    public bool Fastleave { get; init; }

    /// <summary>The bridge would answer ARP for others, out of a neighbour table that this twin does not look into.</summary>
    public bool NeighSuppress { get; init; }

    /// <summary>proxy_arp: nothing is flooded there.</summary>
    public bool IsWithoutFlood { get; init; }

    public int Priority { get; init; } = 32;

    /// <summary>0: what its speed makes it.</summary>
    public int Cost { get; init; }

    public int GroupFwdMask { get; init; }

    /// <summary>By name; empty without.</summary>
    public string BackupPort { get; init; } = "";

    public string McastRouter { get; init; } = "auto";
    public VlanTable Vlans { get; init; } = VlanTable.Default;

    private static Value ValueOf(Device port, Attribute line) => port.AsPort.GetValueOrDefault(line) ?? line.Default(Settings.Empty)!;

    private static bool On(Device port, Attribute line) => ((Value.Flag)ValueOf(port, line)).On;

    private static int Number(Device port, Attribute line) => (int)((Value.Number)ValueOf(port, line)).Count;

    private static string Word(Device port, Attribute line) => ((Value.Word)ValueOf(port, line)).Text;
}
