// What is asked and set with one message: the attributes that it carries, and how a step's settings become one.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux.Drivers;

/// <summary>One subject of a driver's.</summary>
/// <param name="Command">Its commands.</param>
/// <param name="Lines">The attributes in it.</param>
/// <param name="Write">A step's settings, and the link modes to choose among, as a message.</param>
internal sealed record Subject(EthtoolCommands.Subject Command, ImmutableArray<Attribute> Lines, Func<Settings, IReadOnlyCollection<string>, EthtoolMessage> Write)
{
    /// <summary>Whether a change of nothing tells if it can be set; a change of features must name one.</summary>
    public bool IsTried { get; init; } = true;

    public static readonly Subject Talking = new(EthtoolCommands.LinkModes, NicLines.Talking, static (settings, modes) => new LinkModesMessage
    {
        Autoneg = Bit(settings.Flag(NicLines.Autoneg)),
        Speed = (uint?)settings.Number(NicLines.Speed),
        Duplex = settings.Word(NicLines.Duplex) is { } duplex ? (byte)((Model.Shapes.OneOf)NicLines.Duplex.Shape).NumberOf(duplex) : null,
        Ours = settings.ValueOf(NicLines.Advertise) is { } wanted ? EthtoolBits.Switching(modes.Union(MarkLines.NamesIn(wanted)).Select(mode => (mode, MarkLines.NamesIn(wanted).Contains(mode)))) : null,
    });

    public static readonly Subject Channels = new(EthtoolCommands.Channels, [NicLines.Channels], static (settings, _) =>
        new ChannelsMessage { Combined = Number(settings, NicLines.Channels, "combined"), Rx = Number(settings, NicLines.Channels, "rx"), Tx = Number(settings, NicLines.Channels, "tx"), Other = Number(settings, NicLines.Channels, "other") });

    public static readonly Subject Rings = new(EthtoolCommands.Rings, [NicLines.Rings], static (settings, _) =>
        new RingsMessage { Rx = Number(settings, NicLines.Rings, "rx"), RxMini = Number(settings, NicLines.Rings, "rx_mini"), RxJumbo = Number(settings, NicLines.Rings, "rx_jumbo"), Tx = Number(settings, NicLines.Rings, "tx") });

    public static readonly Subject Pause = new(EthtoolCommands.Pause, [NicLines.Pause], static (settings, _) =>
        new PauseMessage { Autoneg = Bit(Map(settings, NicLines.Pause).Flag("autoneg")), Rx = Bit(Map(settings, NicLines.Pause).Flag("rx")), Tx = Bit(Map(settings, NicLines.Pause).Flag("tx")) });

    public static readonly Subject Offloads = new(EthtoolCommands.Features, [NicLines.Offloads], static (settings, _) =>
        new FeaturesMessage { Wanted = EthtoolBits.Switching(Map(settings, NicLines.Offloads).Select(field => (field.Name.Value, field.Value.Value == Value.Of(true)))) }) { IsTried = false };

    /// <summary>In the order in which they are set: queues before what hangs on them.</summary>
    private static readonly ImmutableArray<Subject> All = [Talking, Channels, Rings, Pause, Offloads];

    public static IReadOnlyList<Subject> Of(ImmutableArray<Attribute> lines) => [.. All.Where(subject => subject.Lines.Any(lines.Contains))];

    private static Fields Map(Settings settings, Attribute line) => (settings.ValueOf(line) as Value.Map)?.Fields ?? Fields.Empty;

    private static uint? Number(Settings settings, Attribute line, string key) => (uint?)Map(settings, line).Number(key);

    private static byte? Bit(bool? on) => on is { } said ? (byte)(said ? 1 : 0) : null;
}
