// What a NIC's driver keeps, and how it answers: an operation that it does not have is EOPNOTSUPP, more than it takes EINVAL, and
// a feature that is fixed it leaves as it is without a word. Forced and agreed speeds exclude each other.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Requests;

internal static class Drivers
{
    /// <summary>What a veth has, of all that it has: features to switch, one queue each way, and a speed that nobody sets.</summary>
    public static readonly (Settings Settings, Hardware Hardware) Veth = (
        Settings.Empty.With(NicLines.Offloads, Map(["rx-gro"], ["rx-vlan-hw-parse", "tx-checksum-ip-generic", "tx-generic-segmentation", "tx-scatter-gather", "tx-scatter-gather-fraglist",
            "tx-tcp-ecn-segmentation", "tx-tcp-mangleid-segmentation", "tx-tcp-segmentation", "tx-tcp6-segmentation", "tx-vlan-hw-insert"]))
            .With(NicLines.Channels, new Value.Map(new([new(At.Nowhere("rx"), At.Nowhere(Value.Of(1))), new(At.Nowhere("tx"), At.Nowhere(Value.Of(1)))]))),
        new()
        {
            Asked = NicLines.All,
            Lacks = [.. NicLines.Talking, NicLines.Rings, NicLines.Pause],
            Most = ImmutableDictionary<string, long>.Empty.Add("channels.rx", 1).Add("channels.tx", 1),
            Fixed = Map(["rx-lro", "rx-ntuple-filter", "rx-hashing"], ["tx-lockless"]).Fields,
        });

    /// <summary>The host with what drivers tell those who ask.</summary>
    public static Host Told(Net net, Host host, Inquiry? inquiry)
    {
        if (inquiry is null || inquiry.On(host).ToDictionary(one => one.Link, one => one.Lines, StringComparer.Ordinal) is not { Count: > 0 } asked)
            return host;
        return host with
        {
            Links =
            [
                .. host.Links.Select(link => !asked.TryGetValue(link.Name.Value, out var lines) || net.Find(link.Name.Value) is not { } device ? link : link with
                {
                    Settings = link.Settings.With(device.Driven.Where(line => lines.Contains(line) && device.Hardware?.Lacks.Contains(line) == false)),
                    State = link.State! with { Hardware = device.Hardware is { } hardware ? hardware with { Asked = lines, Lacks = [.. lines.Where(hardware.Lacks.Contains)] } : new() { Asked = lines, Lacks = lines } },
                }),
            ],
        };
    }

    public static Refusal? Set(Device device, Settings settings)
    {
        foreach (var (line, value) in settings.Where(line => line.Home == Home.Hardware))
            if (device.Hardware is not { } hardware || hardware.Lacks.Contains(line))
                return Error.Of("EOPNOTSUPP");
            else if ((NicLines.IsMap(line) ? Keys(device, line, ((Value.Map)value.Value).Fields, hardware) : Talk(device, line, value.Value)) is { } refused)
                return refused;
        return null;
    }

    private static Refusal? Talk(Device device, Attribute line, Value value)
    {
        device.Driven = device.Driven.With(line, value);
        if (line == NicLines.Autoneg && value == Value.Of(true))
            device.Driven = device.Driven.Without(NicLines.Speed).Without(NicLines.Duplex).With(NicLines.Advertise, device.Driven.ValueOf(NicLines.Advertise) ?? MarkLines.NamesOf(device.Hardware!.Modes));
        if (line == NicLines.Autoneg && value == Value.Of(false))
            device.Driven = device.Driven.Without(NicLines.Advertise);
        return null;
    }

    private static Refusal? Keys(Device device, Attribute line, Fields said, Hardware hardware)
    {
        var held = ((Value.Map)device.Driven.ValueOf(line)!).Fields;
        foreach (var field in said)
            if (!held.Has(field.Name.Value) && hardware.Fixed.Has(field.Name.Value))
                continue;
            else if (!held.Has(field.Name.Value))
                return line == NicLines.Offloads ? Error.Of("EOPNOTSUPP", "bit name not found") : Error.Of("EINVAL");
            else if (field.Value.Value is Value.Number number && hardware.Most.TryGetValue($"{line}.{field.Name}", out var most) && number.Count > most)
                return Error.Of("EINVAL", $"requested {(line == NicLines.Rings ? "ring size" : "channel count")} exceeds maximum");
        device.Driven = device.Driven.With(line, NicLines.Laid(device.Driven.ValueOf(line), new Value.Map(new(said.Where(field => held.Has(field.Name.Value)).Select(field => new Field(At.Nowhere(field.Name.Value), At.Nowhere(field.Value.Value)))))));
        return null;
    }

    private static Value.Map Map(string[] off, string[] on) =>
        new(new(off.Select(name => (name, Value.Of(false))).Concat(on.Select(name => (name, Value.Of(true)))).OrderBy(one => one.name, StringComparer.Ordinal).Select(one => new Field(At.Nowhere(one.name), At.Nowhere(one.Item2)))));
}
