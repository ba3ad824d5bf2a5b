// A rate as people write it: 10G, 63.008G, 100M.

using System.Globalization;

namespace Weft.Capacity;

internal static class Rates
{
    public static string Text(long mbits) => string.Create(CultureInfo.InvariantCulture, $"{(mbits >= 1000 ? mbits / 1000m : mbits):0.###}{(mbits >= 1000 ? "G" : "M")}");
}
