// The marker protocol (802.3ad 43.5): "all frames of this flow are through when you get this back". Linux never asks, and always answers.

namespace Weft.Twin.Packets.Bonds.Lacp;

internal static class Marker
{
    public const byte Subtype = 2;

    private const byte Information = 1, Response = 2;
    private const int FieldAt = 2;

    /// <summary>The same bytes go back, but for what kind of marker they are.</summary>
    /// <returns>False where it is itself an answer, or nothing that is known.</returns>
    public static bool TryAnswer(Span<byte> payload)
    {
        if (payload.Length <= FieldAt || payload[FieldAt] != Information)
            return false;
        payload[FieldAt] = Response;
        return true;
    }
}
