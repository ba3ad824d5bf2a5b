// What only Open vSwitch has: no kernel holds it, its database does. Where both stacks mean the same, the kernel's key says it for both (`updelay`, `lacp_rate`,
// `use_carrier`, `stp`), and these are few. Sources: vswitchd/vswitch.xml, ofproto/bond.c of Open vSwitch 3.1. Which column of which table a key is, the room of
// the switch says, under the same line.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>The lines of bonds and bridges that Open vSwitch makes.</summary>
public static class SwitchLines
{
    public const string LinuxBridge = "linux-bridge", OpenVswitch = "openvswitch";
    public const string Slb = "balance-slb", Tcp = "balance-tcp", Active = "active", Passive = "passive", None = "none";

    public static readonly Attribute Backend = Of("backend", LinkKind.Bond, new OneOf(LinuxBridge, OpenVswitch),
        "What makes the bond: Open vSwitch, as it makes the bridges, or the kernel's own driver, so that the bond is there while Open vSwitch is not.") with { Default = _ => Value.Of(OpenVswitch) };

    public static readonly Attribute BondMode = Of("bond_mode", LinkKind.Bond, new OneOf(BondLines.ActiveBackup, Slb, Tcp),
        "How Open vSwitch spreads frames over the ports, where it is not what `mode` says.");

    public static readonly Attribute Lacp = Of("lacp", LinkKind.Bond, new OneOf(Active, Passive, None), "Whether LACP is spoken, and who begins, where it is not what `mode` says; none is Open vSwitch's off, which YAML takes for a boolean.");

    public static readonly Attribute LacpFallbackAb = Of("lacp_fallback_ab", LinkKind.Bond, Common.Flag, "Whether the bond is active-backup while no partner speaks LACP, instead of dead.") with { Default = _ => Value.Of(false) };

    public static readonly Attribute RebalanceInterval = Of("bond_rebalance_interval", LinkKind.Bond, Common.Milliseconds, "How often flows are moved to ports with less load; 0 is never, and less than a second is a second.")
        with { Default = _ => Value.Of(10_000) };

    public static readonly Attribute FakeBridge = Of("fake_bridge", LinkKind.Bridge, Common.Flag, "Whether a bridge of one VLAN passes for a bridge with programs that ask for one (ovs-vsctl's fake bridges, XenServer's way).")
        with { Default = _ => Value.Of(false) };

    public static ImmutableArray<Attribute> OfBond { get; } = [Backend, BondMode, Lacp, LacpFallbackAb, RebalanceInterval];

    public static ImmutableArray<Attribute> All { get; } = [.. OfBond, FakeBridge];

    /// <summary>The keys of a bridge that are records of the database of their own.</summary>
    public static ImmutableArray<string> Watching { get; } = ["mirrors", "sflow", "netflow", "ipfix"];

    private static Attribute Of(string name, LinkKind kind, Shape shape, string doc) => new(name, shape, Home.Switch, Change.Live, doc) { Kinds = [kind] };
}
