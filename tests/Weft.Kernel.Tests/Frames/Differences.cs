// Where twin and kernel disagree about a case, a sentence each. Everything is compared both ways: what one of them has and the other has not is
// a disagreement too.

namespace Weft.Kernel.Tests.Frames;

internal static class Differences
{
    /// <summary>What a time may differ by beside the interval in which a bond looks, in seconds.</summary>
    private const double Slack = 0.1;

    /// <summary>Who is answered, small and large, what is learned where, which port is active.</summary>
    public static IEnumerable<string> InWhatIsDone(Seen twin, Seen kernel, FrameCase @case) =>
    [
        .. @case.Chances.IsEchoing || AreWandering(twin, kernel) ? [] : Between(Words(twin.Answers, @case), Words(kernel.Answers, @case), "answered, of the echoes of "),
        .. @case.Chances.IsEchoing || AreWandering(twin, kernel) ? [] : Between(Words(twin.LargeAnswers, @case), Words(kernel.LargeAnswers, @case), "answered, of the echoes as large as the link takes of "),
        // A kernel has links besides: lo, and what modules make.
        .. Between(twin.Mtus, kernel.Mtus.Where(link => twin.Mtus.ContainsKey(link.Key)), "MTU of "),
        .. AreWandering(twin, kernel) ? [] : Between(twin.Asked, kernel.Asked, @case, ""),
    ];

    /// <summary>For how long there is silence when something breaks, and what is learned where and which port is active some time after that.</summary>
    public static IEnumerable<string> InTime(Seen twin, Seen kernel, FrameCase @case) => AreWandering(twin, kernel) ? [] : [.. InSilences(twin, kernel, @case), .. Between(twin.Afterwards, kernel.Afterwards, @case, $"after {@case.Broken?.Word} broke, ")];

    private static IEnumerable<KeyValuePair<string, string>> Words(IReadOnlyDictionary<string, string> answers, FrameCase @case) => answers.Select(answer => @case.Chances.IsDoubled ? new(answer.Key, answer.Value.Split(',')[0]) : answer);

    /// <summary>Where both give ports up though nothing is broken, what is seen hangs on when one looks.</summary>
    private static bool AreWandering(Seen twin, Seen kernel) => twin.IsWandering && kernel.Asked.GivenUp > 0;

    private static IEnumerable<string> Between(Tables twin, Tables kernel, FrameCase @case, string when) =>
    [
        .. Between(Compared(twin, @case), Compared(kernel, @case), $"{when}fdb "),
        .. Between(twin.Bonds, kernel.Bonds, $"{when}bond "),
    ];

    /// <summary>MACs that a kernel made up the twin does not know, and the other way round.</summary>
    private static IEnumerable<KeyValuePair<Learnt, string>> Compared(Tables tables, FrameCase @case) => tables.Learned.Where(row => @case.Owns(row.Key.Mac) && !@case.Chances.Has(row.Key));

    private static IEnumerable<string> Between<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> twin, IEnumerable<KeyValuePair<TKey, TValue>> kernel, string what) where TKey : notnull
    {
        var (here, there) = (new Dictionary<TKey, TValue>(twin), new Dictionary<TKey, TValue>(kernel));
        string Word(Dictionary<TKey, TValue> of, TKey key) => of.TryGetValue(key, out var value) ? $"{value}" : "nothing";
        return here.Keys.Union(there.Keys).Where(key => Word(here, key) != Word(there, key)).Select(key => $"{what}{key}: the kernel has {Word(there, key)}, the twin {Word(here, key)}");
    }

    private static IEnumerable<string> InSilences(Seen twin, Seen kernel, FrameCase @case) => @case.Chances.IsReflecting ? [] : twin.Silences.Keys.Union(kernel.Silences.Keys).Select(question =>
    {
        var slack = @case.Chances.Interval + Slack + @case.Chances.Seconds + kernel.Late;
        return (twin.Silences.GetValueOrDefault(question), kernel.Silences.GetValueOrDefault(question)) is ({ } said, { } heard)
            ? heard.Agrees(said, slack) ? null : $"{question}: the kernel {heard}, the twin {said}"
            : $"{question}: watched on the {(twin.Silences.ContainsKey(question) ? "twin" : "kernel")} only";
    }).OfType<string>();
}
