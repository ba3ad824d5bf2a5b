// What was seen of a case, on the twin or on the kernel.

namespace Weft.Kernel.Tests.Frames;

/// <summary>A MAC that a bridge learned in a VLAN; 0 where it keeps none apart.</summary>
internal sealed record Learnt(string Machine, string Bridge, string Mac, int Vlan) : IComparable<Learnt>
{
    public int CompareTo(Learnt? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public override string ToString() => $"{Machine} {Bridge} {Mac} {Vlan}";
}

internal sealed class Tables
{
    /// <summary>At which port each bridge learned each MAC.</summary>
    public SortedDictionary<Learnt, string> Learned { get; } = [];

    /// <summary>Of every bond its active port, or the ports and the partner of its active aggregator.</summary>
    public SortedDictionary<string, string> Bonds { get; } = new(StringComparer.Ordinal);

    /// <summary>How often bonds gave a port up until then.</summary>
    public long GivenUp { get; set; }
}

internal sealed class Seen
{
    public const string All = "all";

    /// <summary>Of every question, how many of its echoes were answered: none, some, all; and whether one was answered twice.</summary>
    public SortedDictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The same of echoes that are as large as the link takes, and that nobody may cut up.</summary>
    public SortedDictionary<string, string> LargeAnswers { get; } = new(StringComparer.Ordinal);

    /// <summary>The same when one had looked on after it broke; only where questions are given, of those that are watched.</summary>
    public SortedDictionary<string, string> LargeAfterwards { get; } = new(StringComparer.Ordinal);

    /// <summary>The MTU of the link over which a question is asked: the twin's word, by which both are asked.</summary>
    public Dictionary<string, int> Sizes { get; } = new(StringComparer.Ordinal);

    /// <summary>The MTU of every link.</summary>
    public SortedDictionary<string, int> Mtus { get; } = new(StringComparer.Ordinal);

    /// <summary>What was learned from what was asked, and what bonds were like then.</summary>
    public Tables Asked { get; } = new();

    /// <summary>The same after what broke, and was repaired.</summary>
    public Tables Afterwards { get; } = new();

    /// <summary>Of every question that is watched, what was heard after each thing that happened: `QUESTION, after it broke`.</summary>
    public SortedDictionary<string, Silence> Silences { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a bond gave ports up while nothing was broken, and took them back: one that watches by ARP at a switch that sends what answers it by another port. Who is answered, and where a MAC was seen last,
    /// hangs on the moment then.
    /// </summary>
    public bool IsWandering { get; set; }

    /// <summary>For how long nobody can have been answered, since there was no processor for it, in seconds.</summary>
    public double Late { get; set; }

    /// <param name="question">What was watched.</param>
    /// <param name="answers">When it was answered, in seconds.</param>
    /// <param name="broken">From when to when it was broken; breaking is several commands.</param>
    /// <param name="repaired">The same of the repair.</param>
    /// <param name="broke">How long one looked on after that, and how closely.</param>
    public void Hear(Question question, IReadOnlyList<double> answers, (double From, double To) broken, (double From, double To)? repaired, Break broke)
    {
        var (afterwards, pace) = (broke.Afterwards, broke.Pace);
        Silences[$"{question}, before it broke"] = Silence.Of(answers, broken.From - Asking.Before, broken.From - Asking.Before, broken.From, pace);
        Silences[$"{question}, {AfterBreak}"] = Silence.Of(answers, broken.From, broken.To, repaired?.From ?? broken.To + afterwards, pace);
        if (repaired is { To: var done })
            Silences[$"{question}, {AfterRepair}"] = Silence.Of(answers, done, done, done + afterwards, pace);
    }

    public const string AfterBreak = "after it broke";

    public const string AfterRepair = "after it was repaired";

    public static string Word(long answered, int asked, bool isTwice) => $"{(answered == 0 ? "none" : answered >= asked ? All : "some")}{(isTwice ? ", and twice" : "")}";
}
