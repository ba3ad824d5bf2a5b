// Chance in these tests: the same in every run, unless WEFT_SEED says another. WEFT_LONG=1 tries ten times as much.

using System.Globalization;

namespace Weft.Ovsdb.Tests;

internal static class Chance
{
    public static Random Of(int usual) => new(int.TryParse(Environment.GetEnvironmentVariable("WEFT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : usual);

    public static int Rounds(int usual) => Environment.GetEnvironmentVariable("WEFT_LONG") == "1" ? 10 * usual : usual;
}
