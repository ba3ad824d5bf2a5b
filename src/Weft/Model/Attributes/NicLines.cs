// What a NIC's driver keeps (ethtool over generic netlink): how the link talks, lengths and numbers of queues, flow control,
// offloads. Sources: Documentation/networking/ethtool-netlink.rst, net/ethtool/*.c; measured on 6.1 with veth and tap. There is no
// default but what was there when a file first said it; of a map, a file says the keys that it cares for, and the rest stays.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>The lines of NICs alone.</summary>
public static class NicLines
{
    private static readonly Count Length = new(0, uint.MaxValue), Number = new(0, uint.MaxValue);

    public static readonly Attribute Autoneg = Of("autoneg", Common.Flag, "Whether speed and duplex are agreed on with the other end, or forced.", restarts: true);

    public static readonly Attribute Speed = Of("speed", new Count(1, 10_000_000), "The speed that is forced, in Mbit/s; it needs autoneg: false.", restarts: true);

    public static readonly Attribute Duplex = Of("duplex", new OneOf("half", "full"), "Whether both ends may send at once, where that is forced; it needs autoneg: false.", restarts: true);

    public static readonly Attribute Advertise = Of("advertise", new ListOf(new HardwareName("a link mode such as 1000baseT/Full")),
        "The modes that are offered to the other end when they agree, under the kernel's names; all that the NIC has where left out.", restarts: true);

    public static readonly Attribute Rings = Of("rings", Map("rings", Length,
        ("rx", "Packets that may wait between wire and kernel."), ("rx_mini", "The same for small packets, of few NICs."), ("rx_jumbo", "The same for large packets, of few NICs."), ("tx", "Packets that may wait between kernel and wire.")),
        "The lengths of the NIC's own queues.", restarts: true);

    public static readonly Attribute Channels = Of("channels", Map("channels", Number,
        ("combined", "Queues that receive and send."), ("rx", "Queues that only receive."), ("tx", "Queues that only send."), ("other", "Queues for other work of the NIC.")),
        "How many queues, and so interrupts and processors, the NIC works with.", restarts: true);

    public static readonly Attribute Pause = Of("pause", new RecordOf("pause",
    [
        new("autoneg", Common.Flag, "Whether flow control is agreed on with the other end."), new("rx", Common.Flag, "Whether the other end may stop this one."), new("tx", Common.Flag, "Whether this end may stop the other one."),
    ]), "Flow control by pause frames.", restarts: true);

    public static readonly Attribute Offloads = Of("offloads", new MapOf(new HardwareName("an offload such as tso, or a feature as the kernel calls it"), Common.Flag),
        "Work that the NIC or the stack does for many packets at once: tso, gso, gro, lro, rx, tx, sg, rxvlan, txvlan, ntuple, rxhash, or any feature under the kernel's own name.", restarts: false);

    public static ImmutableArray<Attribute> All { get; } = [Autoneg, Speed, Duplex, Advertise, Rings, Channels, Pause, Offloads];

    /// <summary>What is one with the others: changing one may change them all.</summary>
    public static ImmutableArray<Attribute> Talking { get; } = [Autoneg, Speed, Duplex, Advertise];

    /// <summary>Whether the value is a map of which a file says a part.</summary>
    public static bool IsMap(Attribute line) => line.Home == Home.Hardware && line.Shape is RecordOf or MapOf;

    /// <summary>A map with another's values in the place of its own.</summary>
    public static Value Laid(Value? under, Value over) =>
        under is Value.Map held && over is Value.Map said ? new Value.Map(new([.. held.Fields.Select(field => said.Fields.Get(field.Name.Value) is { } value ? field with { Value = value } : field), .. said.Fields.Where(field => !held.Fields.Has(field.Name.Value))])) : over;

    /// <summary>Whether most drivers start the NIC anew for such settings, so that its link falls.</summary>
    public static bool Restart(Settings settings) =>
        settings.Any(pair => pair.Key.Restarts) || (settings.ValueOf(Offloads) is Value.Map offloads && offloads.Fields.Any(field => !Features.IsOfStack(field.Name.Value)));

    private static RecordOf Map(string noun, Scalar shape, params (string Name, string Doc)[] keys) => new(noun, [.. keys.Select(key => new Key(key.Name, shape, key.Doc))]);

    private static Attribute Of(string name, Shape shape, string doc, bool restarts) => new(name, shape, Home.Hardware, Change.Live, doc) { Kinds = [LinkKind.Nic], Restarts = restarts };
}
