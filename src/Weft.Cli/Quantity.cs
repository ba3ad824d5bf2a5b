// Times and sizes on the command line.

using System.Globalization;

namespace Weft.Cli;

internal static class Quantity
{
    /// <summary>`60`, `60s`, `5m`, `1h`; nothing at all is zero, which means no limit. Null for what is no time.</summary>
    public static TimeSpan? Seconds(string? text)
    {
        if (text is null)
            return TimeSpan.Zero;
        var factor = text.EndsWith('h') ? 3600 : text.EndsWith('m') ? 60 : 1;
        var digits = text.TrimEnd('s', 'm', 'h');
        return text.Length - digits.Length <= 1 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000
            ? TimeSpan.FromSeconds((long)count * factor)
            : null;
    }

    /// <summary>A size in the kernel's spelling, `512M`; null for anything else, which could be a kernel option of its own.</summary>
    public static string? Memory(string text) =>
        text.Length > 1 && text[^1] is 'M' or 'G' && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? text : null;
}
