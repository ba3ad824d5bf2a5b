// Processes of this machine, as /proc tells of them.

using System.Globalization;

namespace Weft.Linux;

/// <summary>A process.</summary>
/// <param name="Id">Its number, which is another's once it is gone.</param>
/// <param name="Session">Its session's first process.</param>
/// <param name="Began">When it began, in the kernel's ticks since boot: another one of its number began later.</param>
/// <param name="IsGone">It is dead and not yet waited for, and has let go of all it held.</param>
public sealed record ProcessStat(int Id, int Session, string Began, bool IsGone)
{
    /// <summary>Null where there is none.</summary>
    public static ProcessStat? Of(int id)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>proc(5), stat: number, name in brackets, state, …, session (6), …, when it began (22).</summary>
    internal static ProcessStat? Parse(string line)
    {
        var name = line.LastIndexOf(')');
        if (name < 0 || !int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(' ', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;
        var fields = line[Math.Min(name + 2, line.Length)..].Split(' ');
        return fields.Length > 19 && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var session) ? new(id, session, fields[19], fields[0] is "Z" or "X") : null;
    }
}
