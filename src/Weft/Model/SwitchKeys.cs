// The keys of a bridge under which Open vSwitch watches its frames: mirrors, and who is told of flows. Their words are the columns of the database's tables of the same name (ovs-vswitchd.conf.db(5)).

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model;

/// <summary>Keys that are no attributes.</summary>
internal static class SwitchKeys
{
    private static readonly LinkName Link = new();
    private static readonly FlagShape Flag = new();
    private static readonly Count Any = new(0, uint.MaxValue), Byte = new(0, 255);
    private static readonly ListOf Targets = new(new TextShape("an address and a UDP port such as \"192.0.2.9:6343\""), OrOne: true);

    public static ImmutableArray<Key> OfBridge { get; } =
    [
        new("mirrors", new MapOf(new NameShape(), new RecordOf("a mirror",
        [
            new("select_all", Flag, "Whether every frame of the bridge is copied."),
            new("select_src_port", new ListOf(Link, OrOne: true), "Ports whose frames are copied as they arrive."),
            new("select_dst_port", new ListOf(Link, OrOne: true), "Ports whose frames are copied as they leave."),
            new("select_vlan", new ListOf(new Count(0, 4095), OrOne: true), "VLANs whose frames are copied; all where none is said."),
            new("output_port", Link, "The port that copies leave by, and nothing else does."),
            new("output_vlan", new Count(1, 4094), "The VLAN that copies go into, in place of a port."),
            new("snaplen", new Count(14, 65535), "To how many bytes a copy is cut."),
        ])), "Open vSwitch: copies of frames, for whoever watches them."),
        new("sflow", new RecordOf("sflow",
        [
            new("targets", Targets, "Collectors.") { Required = true },
            new("agent", Link, "The link whose address the collector knows this host by."),
            new("sampling", Any, "Of how many packets one is told."),
            new("polling", Any, "How often counters are told, in seconds."),
            new("header", Any, "How many bytes of a packet are told."),
        ]), "Open vSwitch: samples of packets are told to collectors by sFlow."),
        new("netflow", new RecordOf("netflow",
        [
            new("targets", Targets, "Collectors.") { Required = true },
            new("active_timeout", Any, "How often a flow that lasts is told, in seconds; 0 is every 600 s."),
            new("engine_type", Byte, "The engine type that is told."),
            new("engine_id", Byte, "The engine id that is told."),
            new("add_id_to_interface", Flag, "Whether the engine id stands in the numbers of interfaces."),
        ]), "Open vSwitch: flows are told to collectors by NetFlow 5."),
        new("ipfix", new RecordOf("ipfix",
        [
            new("targets", Targets, "Collectors.") { Required = true },
            new("sampling", new Count(1, uint.MaxValue), "Of how many packets one is told."),
            new("obs_domain_id", Any, "The observation domain that is told."),
            new("obs_point_id", Any, "The observation point that is told."),
            new("cache_active_timeout", new Count(0, 4200), "How long flows are gathered before they are told, in seconds."),
            new("cache_max_flows", Any, "How many flows are gathered at most."),
        ]), "Open vSwitch: flows are told to collectors by IPFIX."),
    ];
}
