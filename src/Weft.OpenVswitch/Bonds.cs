// The kernel's modes as those of a switch: the same file on both stacks. 802.3ad spreads by the policy that the file says: by source MAC it is balance-slb with LACP, and else balance-tcp.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Ovsdb.Values;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.OpenVswitch;

/// <summary>Modes of bonds.</summary>
internal static class Bonds
{
    public const string Rule = "openvswitch-cannot";

    /// <summary>What the mode is made of.</summary>
    public static ImmutableArray<Attribute> Said { get; } = [BondLines.Mode, BondLines.XmitHashPolicy, BondLines.LacpActive, SwitchLines.BondMode, SwitchLines.Lacp, SwitchLines.Backend];

    public static ImmutableArray<KeyValuePair<Cell, At<Datum>>> Of(Link bond, List<Finding> findings)
    {
        var settings = bond.Settings;
        var mode = settings.Get(SwitchLines.BondMode) ?? FromKernels(settings);
        if (mode is null)
        {
            findings.Add(Finding.Error(Rule, settings.Get(BondLines.Mode)?.Place ?? bond.Name.Place, $"Open vSwitch has no bond of mode {settings.Word(BondLines.Mode) ?? BondLines.RoundRobin}",
                "it spreads by source MAC (balance-slb), by flow (balance-tcp), or uses one port (active-backup)", $"write bond_mode: {SwitchLines.Slb}, or backend: {SwitchLines.LinuxBridge} at the bond"));
            return [];
        }
        var lacp = settings.Get(SwitchLines.Lacp) ?? At.Of(Value.Of(settings.Word(BondLines.Mode) != BondLines.Lacp ? SwitchLines.None : settings.Flag(BondLines.LacpActive) == false ? SwitchLines.Passive : SwitchLines.Active), mode.Place);
        if (mode.Value == Value.Of(SwitchLines.Tcp) && lacp.Value == Value.Of(SwitchLines.None))
            findings.Add(Finding.Error(Rule, mode.Place, $"{bond.Name} is balance-tcp without LACP", "Open vSwitch drops every frame of such a bond until LACP is agreed on", "write lacp: active, or bond_mode: balance-slb"));
        return [KeyValuePair.Create(Cells.BondMode, At.Of<Datum>(mode.Value.ToString()!, mode.Place)), KeyValuePair.Create(Cells.Lacp, At.Of<Datum>(lacp.Value == Value.Of(SwitchLines.None) ? "off" : lacp.Value.ToString()!, lacp.Place))];
    }

    private static At<Value>? FromKernels(Settings settings)
    {
        var bySource = settings.Word(BondLines.XmitHashPolicy) is "vlan+srcmac";
        var word = settings.Word(BondLines.Mode) switch
        {
            BondLines.ActiveBackup => BondLines.ActiveBackup,
            BondLines.Lacp => bySource || settings.Word(BondLines.XmitHashPolicy) is "layer2" ? SwitchLines.Slb : SwitchLines.Tcp,
            BondLines.Xor when bySource => SwitchLines.Slb,
            _ => null,
        };
        return word is null ? null : At.Of(Value.Of(word), settings.PlaceOf(BondLines.Mode));
    }
}
