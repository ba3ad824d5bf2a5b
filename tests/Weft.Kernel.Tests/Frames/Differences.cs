// Where twin and kernel disagree about a case, a sentence each.

namespace Weft.Kernel.Tests.Frames;

internal static class Differences
{
    /// <summary>What a time may differ by beside the interval in which a bond looks, in seconds.</summary>
    private const double Slack = 0.1;

    /// <summary>What MACs of the twin's own choosing begin with: a kernel chooses others.</summary>
    private const string MadeUp = " f2:00:00:";

    /// <summary>Who is answered, what is learned where, which port is active.</summary>
    public static IEnumerable<string> InWhatIsDone(Seen twin, Seen kernel, FrameCase @case)
    {
        foreach (var (question, answer) in kernel.Answers)
            if (twin.Answers.GetValueOrDefault(question) is var said && said != answer)
                yield return $"{question}: the kernel answers {answer}, the twin {said}";
        // The kernel also learns from what this twin does not say (router solicitations, MLD reports): what both know is compared, and what the twin knows the kernel must.
        foreach (var (entry, port) in twin.Learned)
            if (!entry.Contains(MadeUp, StringComparison.Ordinal) && !@case.IsChance(entry) && kernel.Learned.GetValueOrDefault(entry) is var there && there != port)
                yield return $"fdb {entry}: the kernel has {there ?? "nothing"}, the twin {port}";
        foreach (var (bond, state) in kernel.Bonds)
            if (twin.Bonds.GetValueOrDefault(bond) is var said && said != state)
                yield return $"bond {bond}: the kernel has {state}, the twin {said}";
    }

    /// <summary>For how long there is silence.</summary>
    public static IEnumerable<string> InTime(Seen twin, Seen kernel, FrameCase @case)
    {
        foreach (var (question, silence) in kernel.Silences)
            if (!@case.IsReflecting && (!twin.Silences.TryGetValue(question, out var said) || (said != silence && Math.Abs(said - silence) > @case.Interval + Slack + @case.Chance)))
                yield return $"{question}: the kernel is silent for {silence:0.000} s, the twin for {(twin.Silences.ContainsKey(question) ? $"{said:0.000} s" : "no time, because it was not asked")}";
    }
}
