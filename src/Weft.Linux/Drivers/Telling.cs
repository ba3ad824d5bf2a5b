// What one NIC's driver answered, as settings of the link and as what it could do. Whatever cannot be read, or was refused, is
// not there: the file that wants it hears so.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux.Drivers;

internal sealed class Telling
{
    private const uint UnknownSpeed = uint.MaxValue;
    private const byte Half = 0, Full = 1;

    private readonly Dictionary<Attribute, Value> values = [];
    private readonly ImmutableDictionary<string, long>.Builder most = ImmutableDictionary.CreateBuilder<string, long>();
    private readonly HashSet<Attribute> there = [];
    private readonly HashSet<Attribute> refused = [];
    private Fields fixedOnes = Fields.Empty;
    private ImmutableArray<string> modes = [];

    /// <summary>The names of modes that one can talk in: `1000baseT/Full`, and not `Autoneg` or `FIBRE`.</summary>
    public static IEnumerable<string> ModesIn(IEnumerable<string>? names) => names?.Where(name => name.Length > 0 && char.IsAsciiDigit(name[0])) ?? [];

    public Link Into(Link link, ImmutableArray<Attribute> asked) => link with
    {
        Settings = link.Settings.With(Settings.Of(values.Where(pair => asked.Contains(pair.Key)).OrderBy(pair => pair.Key.Order).Select(pair => KeyValuePair.Create(pair.Key, At.Nowhere(pair.Value))))),
        State = link.State! with { Hardware = new() { Asked = asked, Lacks = [.. asked.Where(line => !there.Contains(line) || refused.Contains(line))], Most = most.ToImmutable(), Fixed = fixedOnes, Modes = modes } },
    };

    /// <summary>Whether a change of nothing was refused as an operation that the driver does not have.</summary>
    public void Tried(Subject subject, bool isLacking)
    {
        if (isLacking)
            refused.UnionWith(subject.Lines);
    }

    public void Read(Subject subject, ReadOnlyMemory<byte> reply)
    {
        if (reply.IsEmpty)
            return;
        var message = subject.Command.Body();
        if (MessageCodec.Read(reply.Span, message).IsError)
            return;
        there.UnionWith(subject.Lines);
        switch (message)
        {
            case LinkModesMessage talking:
                Talking(talking);
                break;
            case RingsMessage rings:
                Numbers(NicLines.Rings, ("rx", rings.Rx, rings.RxMax), ("rx_mini", rings.RxMini, rings.RxMiniMax), ("rx_jumbo", rings.RxJumbo, rings.RxJumboMax), ("tx", rings.Tx, rings.TxMax));
                break;
            case ChannelsMessage channels:
                Numbers(NicLines.Channels, ("combined", channels.Combined, channels.CombinedMax), ("rx", channels.Rx, channels.RxMax), ("tx", channels.Tx, channels.TxMax), ("other", channels.Other, channels.OtherMax));
                break;
            case PauseMessage pause:
                Put(NicLines.Pause, new (string, byte?)[] { ("autoneg", pause.Autoneg), ("rx", pause.Rx), ("tx", pause.Tx) }.Where(one => one.Item2 is not null).Select(one => Said(one.Item1, Value.Of(one.Item2 != 0))));
                break;
            case FeaturesMessage features:
                Features(features);
                break;
        }
    }

    private void Talking(LinkModesMessage told)
    {
        modes = [.. ModesIn(told.Ours?.Names)];
        if (told.Autoneg is not { } autoneg)
            return;
        values[NicLines.Autoneg] = Value.Of(autoneg != 0);
        if (autoneg != 0)
        {
            values[NicLines.Advertise] = MarkLines.NamesOf(ModesIn(told.Ours?.On));
            return;
        }
        if (told.Speed is > 0 and not UnknownSpeed and var speed)
            values[NicLines.Speed] = Value.Of(speed);
        if (told.Duplex is Half or Full)
            values[NicLines.Duplex] = Value.Of(told.Duplex == Full ? "full" : "half");
    }

    /// <summary>What there is at most none of is not there.</summary>
    private void Numbers(Attribute line, params (string Key, uint? Number, uint? Most)[] told)
    {
        foreach (var (key, _, highest) in told)
            if (highest is { } number)
                most[$"{line}.{key}"] = number;
        Put(line, told.Where(one => one is { Number: not null, Most: not 0 }).Select(one => Said(one.Key, Value.Of((long)one.Number!.Value))));
    }

    private void Features(FeaturesMessage told)
    {
        var (active, free, stuck) = (Set(told.Active?.On), Set(told.Hardware?.On), Set(told.Fixed?.On));
        var all = Set(told.Hardware?.Names).Union(active).Where(name => name.Length > 0).Order(StringComparer.Ordinal).ToLookup(name => free.Contains(name) && !stuck.Contains(name));
        Put(NicLines.Offloads, all[true].Select(name => Said(name, Value.Of(active.Contains(name)))));
        fixedOnes = new(all[false].Select(name => Said(name, Value.Of(active.Contains(name)))));
    }

    private void Put(Attribute line, IEnumerable<Field> fields) => values[line] = new Value.Map(new(fields));

    private static HashSet<string> Set(IEnumerable<string>? names) => names?.ToHashSet(StringComparer.Ordinal) ?? [];

    private static Field Said(string name, Value value) => new(At.Nowhere(name), At.Nowhere(value));
}
