// Profiles of `tuning`: named sets of values that a kind of network wants, each with its reason. What the file says itself comes first.

using System.Collections.Immutable;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Model;

/// <summary>One value of a profile.</summary>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Tuned(Attribute Line, Value Value, string Reason);

/// <summary>A profile of `tuning`.</summary>
/// <param name="Name">Its word in the file.</param>
/// <param name="Doc">For which hosts it is.</param>
/// <param name="Host">Settings of the whole host.</param>
public sealed record Profile(string Name, string Doc, ImmutableArray<Tuned> Host);

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
        ]),
    ];

    public static Profile? Of(Host host) => host.Rest.Word("tuning") is { } word ? All.FirstOrDefault(profile => profile.Name == word) : null;

    /// <summary>The host with its profile's values where it says none itself, each at the place of `tuning`. Done twice, nothing changes.</summary>
    public static Host Expand(Host file)
    {
        if (Of(file) is not { } profile)
            return file;
        var place = file.Rest.Get("tuning")!.Place;
        var usual = Settings.Of(profile.Host.OrderBy(tuned => tuned.Line.Order).Select(tuned => KeyValuePair.Create(tuned.Line, Text.At.Of(tuned.Value, place))));
        return file with { Sysctls = usual.With(file.Sysctls), AsWritten = file.AsWritten };
    }
}
