// How fast something can go, as far as anybody can know: a figure, a figure between two, or nothing known. A rate is never a guess: where
// the speed of one port is missing, so is that of everything that needs it.

namespace Weft.Capacity;

/// <summary>A rate in Mbit/s.</summary>
/// <param name="Least">What is to be had at worst; null where that is not known.</param>
/// <param name="Most">What is to be had at best; the same as <paramref name="Least"/> where that is a single figure.</param>
public sealed record Rate(long? Least, long? Most)
{
    public static readonly Rate Unknown = new(null, null), Nothing = new(0, 0);

    /// <summary>Frames that never leave the host: as fast as its processors copy them.</summary>
    public static readonly Rate ByProcessor = new(null, null) { IsByProcessor = true };

    /// <summary>Processors are what holds it back, within <see cref="Most"/> where that is known.</summary>
    public bool IsByProcessor { get; init; }

    /// <summary>One flow's frames overtake each other.</summary>
    public bool IsReordered { get; init; }

    public bool IsKnown => Least is not null && Most is not null;

    public static Rate Of(long? mbits) => mbits is { } known ? new(known, known) : Unknown;

    public static Rate Between(long? least, long? most) => least is null || most is null ? Unknown : new(Math.Min(least.Value, most.Value), most);

    /// <summary>The worse of two; what is not known could be the worse one, save than nothing at all.</summary>
    public Rate Worse(Rate other) =>
        this == Nothing || other == Nothing ? Nothing : !IsKnown ? this : !other.IsKnown ? other : new(Math.Min(Least!.Value, other.Least!.Value), Math.Min(Most!.Value, other.Most!.Value));
}

/// <summary>A rate in both directions, as the host sees them.</summary>
/// <param name="Out">What it sends.</param>
/// <param name="In">What it receives.</param>
public sealed record Figure(Rate Out, Rate In)
{
    public static readonly Figure Unknown = Both(Rate.Unknown), Nothing = Both(Rate.Nothing), ByProcessor = Both(Rate.ByProcessor);

    /// <summary>How much comes in is the switch's doing, which spreads by a hash of its own.</summary>
    public bool IsSwitchs { get; init; }

    public static Figure Both(Rate rate) => new(rate, rate);

    public Figure Worse(Figure other) => new(Out.Worse(other.Out), In.Worse(other.In)) { IsSwitchs = IsSwitchs || other.IsSwitchs };

    /// <summary>Held back by the processor as well; nothing stays nothing, and what is not known is not known.</summary>
    public Figure Emulated() => this with { Out = Emulated(Out), In = Emulated(In) };

    private static Rate Emulated(Rate rate) => rate.IsKnown && rate != Rate.Nothing ? rate with { IsByProcessor = true } : rate;
}
