// Annotated bytes: hex digits with any spacing, and a remark after each # up to the end of the line.
namespace Weft.Netlink.Tests;

internal static class Hex
{
    public static byte[] Bytes(string annotated)
    {
        var digits = annotated.Split('\n').SelectMany(line => line.Split('#')[0]).Where(letter => !char.IsWhiteSpace(letter));
        return Convert.FromHexString(string.Concat(digits));
    }
}
