// How questions are asked, on the twin and on the kernel, and what is a silence: one measure for both.

using System.Net;
using System.Net.Sockets;

namespace Weft.Kernel.Tests.Frames;

internal static class Asking
{
    public const int Echoes = 3;

    /// <summary>How many echoes are as large as the link takes.</summary>
    public const int Large = 2;

    /// <summary>For how many seconds nobody asks a neighbour again whom it knows.</summary>
    public const int Sure = 100_000;

    /// <summary>Seconds from echo to echo.</summary>
    public const double Every = 0.3;

    /// <summary>How long an answer may take: three ARP requests.</summary>
    public const double Patience = 1;

    /// <summary>The identifiers of the first question's echoes, of its large ones, and of those that are timed: hashes look at them.</summary>
    public const int Identifier = 1000, LargeIdentifier = 1200, TimedIdentifier = 1100;

    /// <summary>Seconds from echo to echo while something breaks.</summary>
    public const double Pace = 0.02;

    /// <summary>How many questions are asked then.</summary>
    public const int Watched = 3;

    /// <summary>For how many seconds all must be well before something breaks.</summary>
    public const double Before = 0.5;

    /// <summary>How many seconds after that tables are looked at again: LACP has done with a partner that is gone.</summary>
    public const double Later = 5;
}

/// <summary>Whom one machine asks at which address.</summary>
/// <param name="Over">The link to ask over, where the address is good on a link only.</param>
internal sealed record Question(string From, string To, IPAddress Address, string? Over = null)
{
    /// <summary>Which of several flows between the same two, told apart by their identifiers: a hash may send one by a port that works and the next by one that does not.</summary>
    public int Flow { get; init; }

    /// <summary>The address to ask from; null where that is left to who asks.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The VRF to ask in, by name.</summary>
    public string? Domain { get; init; }

    /// <summary>Bytes of an echo that are no payload: of IP and of ICMP.</summary>
    public int Headers => Address.AddressFamily == AddressFamily.InterNetwork ? 28 : 48;

    /// <summary>As ping takes it.</summary>
    public string Target => $"{(Domain is null ? "" : $"-I {Domain} ")}{(Source is null ? "" : $"-I {Source} ")}{Address}{(Over is null ? "" : $"%{Over}")}";

    public override string ToString() => $"{From} to {To} {Address}{(Over is null ? "" : $"%{Over}")}{(Source is null ? "" : $" from {Source}")}{(Flow == 0 ? "" : $" flow {Flow}")}";
}

/// <summary>For how long nothing was answered after something happened.</summary>
/// <param name="Seconds">The longest time from an answer to the next one, beyond the pace.</param>
/// <param name="Again">How many seconds after what happened it was answered again; null: never again, as long as anybody looked.</param>
/// <param name="Window">For how many seconds one looked.</param>
/// <param name="Pace">Seconds from echo to echo.</param>
internal sealed record Silence(double Seconds, double? Again, double Window, double Pace = Asking.Pace)
{
    /// <param name="answers">When answers came, in order.</param>
    /// <param name="earliest">When it may have happened at the earliest: no silence begins before.</param>
    /// <param name="from">When it had happened.</param>
    /// <param name="until">When the next thing happened, or nobody looked any more.</param>
    /// <param name="pace">Seconds from echo to echo.</param>
    public static Silence Of(IReadOnlyList<double> answers, double earliest, double from, double until, double pace = Asking.Pace)
    {
        var last = Math.Max(earliest, answers.LastOrDefault(at => at <= from));
        var longest = new Silence(0, 0, until - from, pace);
        foreach (var at in answers.Where(at => at > from && at < until))
        {
            if (at - last - pace > longest.Seconds)
                longest = longest with { Seconds = at - last - pace, Again = at - from };
            last = at;
        }
        return until - last - pace > longest.Seconds ? longest with { Seconds = until - last - pace, Again = null } : longest;
    }

    /// <summary>Of a silence that has no end: how many seconds after what happened the last answer came. What is broken by several commands takes its time, and what was never answered was silent all the while.</summary>
    private double Last => Math.Max(0, Window - Seconds - Pace);

    /// <summary>Whether two are the same but for so many seconds. Never to be answered again is like nothing but itself, unless the other one's answer came when nobody looked any more but for these seconds.</summary>
    public bool Agrees(Silence other, double seconds)
    {
        if (Again is null && other.Again is null)
            return Math.Abs(Last - other.Last) <= seconds;
        return Math.Abs(Seconds - other.Seconds) <= seconds
            && (Again is null == other.Again is null || Math.Max(Seconds, other.Seconds) <= seconds || (Again ?? other.Again) >= Math.Min(Window, other.Window) - seconds);
    }

    public override string ToString() => Again is null ? FormattableString.Invariant($"is never answered again after {Last:0.000} s") : FormattableString.Invariant($"is silent for {Seconds:0.000} s");
}
