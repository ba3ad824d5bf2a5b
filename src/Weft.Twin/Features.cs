// Which kernel this twin is. What came later it neither tells nor takes, as that kernel does not.

using System.Globalization;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin;

internal static class Features
{
    private static readonly (int Major, int Minor) Own = (6, 1);

    /// <summary>What came later and was brought to it: Debian's 6.1.176 was seen to tell these.</summary>
    private static readonly Attribute[] Brought = [BondLines.CoupledControl, BondPortLines.ActorPortPrio];

    public static bool Has(Attribute line) => line.Since.Length == 0 || Brought.Contains(line) || Parsed(line.Since).CompareTo(Own) <= 0;

    private static (int, int) Parsed(string release)
    {
        var dot = release.IndexOf('.', StringComparison.Ordinal);
        return (int.Parse(release.AsSpan(0, dot), CultureInfo.InvariantCulture), int.Parse(release.AsSpan(dot + 1), CultureInfo.InvariantCulture));
    }
}
