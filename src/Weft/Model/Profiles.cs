// Profiles of `tuning`: named sets of values that a kind of network wants, each with its reason. What the file says itself comes first.

using System.Collections.Immutable;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Model;

/// <summary>One value of a profile.</summary>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Tuned(Attribute Line, Value Value, string Reason);

/// <summary>A profile of `tuning`.</summary>
/// <param name="Name">Its word in the file.</param>
/// <param name="Doc">For which hosts it is.</param>
/// <param name="Host">Settings of the whole host.</param>
/// <param name="Nics">Settings of each NIC, as far as its driver goes.</param>
public sealed record Profile(string Name, string Doc, ImmutableArray<Tuned> Host, ImmutableArray<Tuned> Nics)
{
    public IEnumerable<Tuned> All => Host.Concat(Nics);
}

/// <summary>The profiles there are.</summary>
public static class Profiles
{
    private const long Mebi = 1024 * 1024;

    public static ImmutableArray<Profile> All { get; } =
    [
        new("10g", "for hosts with NICs of 10 Gbit/s and more",
        [
            new(HostLines.RmemMax, Value.Of(64 * Mebi), "10 Gbit/s over 50 ms is 62.5 MB on the way; programs that set their buffer themselves (iperf3, storage over UDP) may ask for that much"),
            new(HostLines.WmemMax, Value.Of(64 * Mebi), "the same for what is sent and not acknowledged yet"),
            new(HostLines.TcpRmem, Value.Of($"4096 131072 {32 * Mebi}"), "TCP grows a buffer by itself up to the third number: 32 MiB carry 10 Gbit/s over 25 ms, where the usual 6 MiB end at 5 ms"),
            new(HostLines.TcpWmem, Value.Of($"4096 65536 {32 * Mebi}"), "the same for the sending side, whose usual 4 MiB end at 3 ms"),
            new(HostLines.NetdevMaxBacklog, Value.Of(10000), "at 10 Gbit/s the usual 1000 packets of 1500 bytes are 1.2 ms of traffic: a processor that is away for longer loses the rest; 10000 are 12 ms"),
            new(HostLines.NetdevBudget, Value.Of(600), "twice the usual packets in a turn before the processor is given to something else: fewer squeezed turns (time_squeeze in /proc/net/softnet_stat)"),
            new(HostLines.TcpMtuProbing, Value.Of(1), "with jumbo frames a path that drops large packets without a word is easily made; TCP then finds the size that passes in place of hanging"),
        ],
        [
            new(NicLines.Rings, Rings(4096), "a ring of 256 or 512 packets, as most drivers begin with, is full after half a millisecond in which no processor comes; of a NIC whose rings are shorter all that it has"),
        ]),
    ];

    public static Profile? Of(Host host) => host.Rest.Word("tuning") is { } word ? All.FirstOrDefault(profile => profile.Name == word) : null;

    private static Value.Map Rings(long length) => new(new([new(At.Nowhere("rx"), At.Nowhere(Value.Of(length))), new(At.Nowhere("tx"), At.Nowhere(Value.Of(length)))]));

    /// <summary>The host with its profile's values where it says none itself, each at the place of `tuning`. Done twice, nothing changes.</summary>
    public static Host Expand(Host file)
    {
        if (Of(file) is not { } profile)
            return file;
        var place = file.Rest.Get("tuning")!.Place;
        var usual = Settings.Of(profile.Host.OrderBy(tuned => tuned.Line.Order).Select(tuned => KeyValuePair.Create(tuned.Line, At.Of(tuned.Value, place))));
        return file with { Sysctls = usual.With(file.Sysctls), Links = [.. file.Links.Select(link => link.Kind == LinkKind.Nic ? link with { Settings = Wish(profile, place).With(link.Settings) } : link)], AsWritten = file.AsWritten };
    }

    /// <summary>
    /// What a profile wishes of NICs, cut to what each driver has: a profile is for many hosts, and none of them is to be refused for it. What
    /// the file itself says of a NIC stays as it is. Where the driver has nothing of it the wish is what was there: printed and read back, it asks
    /// for no more.
    /// </summary>
    /// <param name="file">The file, with kernel names.</param>
    /// <param name="now">What is observed.</param>
    public static Host Fitted(Host file, Host now) => Of(file) is not { } profile || file.Rest.Get("tuning") is not { Place: var place } ? file
        : file with { Links = [.. file.Links.Select(link => link.Kind == LinkKind.Nic ? link with { Settings = Fitted(link.Settings, place, now.Find(link.Name.Value)?.State?.Hardware) } : link)] };

    private static Settings Fitted(Settings nic, Place place, Hardware? driver)
    {
        foreach (var (line, said) in nic.Where(line => line.Home == Home.Hardware))
            if (said.Place == place && said.Value is Value.Map map)
                nic = nic.With(line, At.Of(driver is null || driver.Lacks.Contains(line) || Cut(line, map, driver) is not { Fields.Count: > 0 } cut ? Value.Of("default") : cut, place));
        return nic;
    }

    /// <summary>What the driver has no most of, it has not.</summary>
    private static Value.Map Cut(Attribute line, Value.Map said, Hardware driver) => new(new(
        from field in said.Fields
        where driver.Most.TryGetValue($"{line}.{field.Name}", out var most) && most > 0
        select field with { Value = At.Of(Value.Of(Math.Min(((Value.Number)field.Value.Value).Count, driver.Most[$"{line}.{field.Name}"])), field.Value.Place) }));

    private static Settings Wish(Profile profile, Place place) => Settings.Of(profile.Nics.Select(tuned => KeyValuePair.Create(tuned.Line, At.Of(tuned.Value, place))));
}
