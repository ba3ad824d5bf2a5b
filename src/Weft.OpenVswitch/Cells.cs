// Which attribute of the host file is which cell: one line each, joined with the attribute table as the netlink sets are. What a line does not say is said by the shape of the host
// (Desired): names, tags, tunnels. Source: vswitchd/vswitch.xml of Open vSwitch 3.1.

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Ovsdb.Values;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.OpenVswitch;

/// <summary>One attribute's cell.</summary>
/// <param name="Line">The attribute.</param>
/// <param name="Table">The table.</param>
/// <param name="Cell">The cell.</param>
/// <param name="To">The value as the database has it; empty for what it leaves unsaid.</param>
public sealed record CellLine(Attribute Line, string Table, Cell Cell, Func<Value, Datum> To);

/// <summary>The lines.</summary>
public static class Cells
{
    public const string Bridge = "Bridge", Port = "Port", Interface = "Interface", Mirror = "Mirror", Root = "Open_vSwitch";
    public const string Config = "other_config", Ids = "external_ids";

    /// <summary>What is ours, with the file's label of it.</summary>
    public static readonly Cell Mark = new(Ids, "weft");

    public static readonly Cell Tag = new("tag"), VlanMode = new("vlan_mode"), Trunks = new("trunks"), FakeBridge = new("fake_bridge"), Type = new("type"), BondMode = new("bond_mode"), Lacp = new("lacp"), Mac = new("mac"),
        MtuRequest = new("mtu_request");

    /// <summary>Of each table what keeps which of its rows alive, from the bottom up: an interface its port.</summary>
    public static readonly FrozenDictionary<string, (string Table, string Column)> Owners = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        [Interface] = (Port, "interfaces"),
        [Port] = (Bridge, "ports"),
        [Mirror] = (Bridge, "mirrors"),
        ["sFlow"] = (Bridge, "sflow"),
        ["NetFlow"] = (Bridge, "netflow"),
        ["IPFIX"] = (Bridge, "ipfix"),
        [Bridge] = (Root, "bridges"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The tables in an order in which what is referred to stands first.</summary>
    public static ImmutableArray<string> Order { get; } = [Interface, Port, "sFlow", "NetFlow", "IPFIX", Mirror, Bridge];

    /// <summary>Columns that refer to ports: told by name here.</summary>
    public static readonly FrozenSet<string> PortsOf = FrozenSet.Create(StringComparer.Ordinal, "select_src_port", "select_dst_port", "output_port");

    /// <summary>What the database calls how a bond watches its ports: the registers that `use_carrier: false` reads are its `miimon`.</summary>
    public static ImmutableArray<CellLine> OfBond { get; } =
    [
        new(BondLines.Updelay, Port, new("bond_updelay"), Number),
        new(BondLines.Downdelay, Port, new("bond_downdelay"), Number),
        new(BondLines.UseCarrier, Port, new(Config, "bond-detect-mode"), value => value == Value.Of(true) ? "carrier" : "miimon"),
        new(BondLines.Miimon, Port, new(Config, "bond-miimon-interval"), value => value == Value.Of(0) ? Datum.Empty : Word(value)),
        new(BondLines.Primary, Port, new(Config, "bond-primary"), value => value == Value.Of("") ? Datum.Empty : Word(value)),
        new(BondLines.LacpRate, Port, new(Config, "lacp-time"), Word),
        new(BondLines.AdActorSysPrio, Port, new(Config, "lacp-system-priority"), Word),
        new(BondLines.AdActorSystem, Port, new(Config, "lacp-system-id"), value => value == Value.Of("00:00:00:00:00:00") ? Datum.Empty : Word(value)),
        new(BondLines.AllSlavesActive, Port, new(Config, "all-members-active"), Word),
        new(SwitchLines.LacpFallbackAb, Port, new(Config, "lacp-fallback-ab"), Word),
        new(SwitchLines.RebalanceInterval, Port, new(Config, "bond-rebalance-interval"), Word),
        new(Table.Mac, Port, Mac, Word),
    ];

    public static ImmutableArray<CellLine> OfBridge { get; } =
    [
        new(BridgeLines.Stp, Bridge, new("stp_enable"), Flag),
        new(BridgeLines.Priority, Bridge, new(Config, "stp-priority"), Word),
        new(BridgeLines.ForwardDelay, Bridge, new(Config, "stp-forward-delay"), Seconds),
        new(BridgeLines.HelloTime, Bridge, new(Config, "stp-hello-time"), Seconds),
        new(BridgeLines.MaxAge, Bridge, new(Config, "stp-max-age"), Seconds),
        new(BridgeLines.AgeingTime, Bridge, new(Config, "mac-aging-time"), Seconds),
        new(BridgeLines.McastSnooping, Bridge, new("mcast_snooping_enable"), Flag),
        new(BridgeLines.FdbMaxLearned, Bridge, new(Config, "mac-table-size"), value => value == Value.Of(0) ? Datum.Empty : Word(value)),
        new(Table.Mac, Bridge, new(Config, "hwaddr"), Word),
    ];

    public static ImmutableArray<CellLine> OfBridgePort { get; } =
    [
        new(BridgePortLines.Isolated, Port, new("protected"), Flag),
        new(BridgePortLines.Cost, Port, new(Config, "stp-path-cost"), Word),
    ];

    /// <summary>A VXLAN that is a bridge's port.</summary>
    public static ImmutableArray<CellLine> OfVxlan { get; } =
    [
        new(VxlanLines.Id, Interface, new("options", "key"), Word),
        new(VxlanLines.Remote, Interface, new("options", "remote_ip"), Unsaid),
        new(VxlanLines.Local, Interface, new("options", "local_ip"), Unsaid),
        new(VxlanLines.Port, Interface, new("options", "dst_port"), Word),
        new(VxlanLines.Tos, Interface, new("options", "tos"), value => value == Value.Of(1) ? "inherit" : Word(value)),
        new(VxlanLines.Ttl, Interface, new("options", "ttl"), value => value == Value.Of(0) ? Datum.Empty : Word(value)),
        new(VxlanLines.UdpCsum, Interface, new("options", "csum"), Word),
        new(VxlanLines.Gbp, Interface, new("options", "exts"), value => value == Value.Of(true) ? "gbp" : Datum.Empty),
    ];

    /// <summary>The host's own end: a port of the switch that is a link of the kernel too.</summary>
    public static ImmutableArray<CellLine> OfEnd { get; } =
    [
        new(Table.Mac, Interface, Mac, Word),
        new(Table.Mtu, Interface, MtuRequest, Number),
    ];

    /// <summary>The keys of a bridge that are rows of their own: the table and column of each key.</summary>
    public static readonly FrozenDictionary<string, (string Table, FrozenDictionary<string, string> Columns)> Watching =
        new Dictionary<string, (string, FrozenDictionary<string, string>)>(StringComparer.Ordinal)
        {
            ["mirrors"] = (Mirror, Same("select_all", "select_src_port", "select_dst_port", "select_vlan", "output_port", "output_vlan", "snaplen")),
            ["sflow"] = ("sFlow", Same("targets", "agent", "sampling", "polling", "header")),
            ["netflow"] = ("NetFlow", Same("targets", "active_timeout", "engine_type", "engine_id", "add_id_to_interface")),
            ["ipfix"] = ("IPFIX", Same("targets", "sampling", "obs_domain_id", "obs_point_id", "cache_active_timeout", "cache_max_flows")),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every cell that Weft knows of a table: those are read, and all others are nobody's business.</summary>
    public static FrozenDictionary<string, ImmutableArray<Cell>> Known { get; } = Lines
        .Select(line => (line.Table, line.Cell))
        .Concat(((Cell[])[Tag, VlanMode, Trunks, FakeBridge, BondMode, Lacp]).Select(cell => (Port, cell)))
        .Concat(((Cell[])[Type, new("options", "peer"), new("options", "df_default")]).Select(cell => (Interface, cell)))
        .Concat(Watching.Values.SelectMany(own => own.Columns.Values.Select(column => (own.Table, new Cell(column)))))
        .Concat(Order.Select(table => (table, Mark)))
        .GroupBy(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal).ToFrozenDictionary(table => table.Key, table => table.Distinct().Order().ToImmutableArray(), StringComparer.Ordinal);

    public static IEnumerable<CellLine> Lines => [.. OfBond, .. OfBridge, .. OfBridgePort, .. OfVxlan, .. OfEnd];

    private static FrozenDictionary<string, string> Same(params string[] names) => names.ToFrozenDictionary(name => name, StringComparer.Ordinal);

    private static Datum Word(Value value) => value.ToString()!;

    private static Datum Unsaid(Value value) => value == Value.Of("") ? Datum.Empty : Word(value);

    private static Datum Number(Value value) => ((Value.Number)value).Count;

    private static Datum Flag(Value value) => ((Value.Flag)value).On;

    /// <summary>The kernel counts in hundredths, the switch in whole seconds.</summary>
    private static Datum Seconds(Value value) => (((Value.Number)value).Count / 100).ToString(CultureInfo.InvariantCulture);
}
