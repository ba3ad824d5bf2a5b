// A guest as the host file that it would be: NICs with addresses, and its default routes.

using System.Text;
using Weft.Topology;

namespace Weft.Twin.Scenes;

internal static class GuestFile
{
    public static (string Text, IReadOnlyList<(string Name, string Mac)> Nics) Of(IReadOnlyCollection<GuestCord> cords)
    {
        var text = new StringBuilder("version: 1\nnics:\n");
        foreach (var cord in cords)
            text.Append(FormattableString.Invariant($"  {cord.Nic}: {{mtu: {cord.Mtu}{List("addresses", cord.Addresses)}{List("gateway", cord.Gateways)}}}\n"));
        return (cords.Count == 0 ? "version: 1\n" : text.ToString(), [.. cords.Select(cord => (cord.Nic, cord.Mac))]);
    }

    private static string List<T>(string key, IReadOnlyList<T> words) => words.Count == 0 ? "" : $", {key}: [{string.Join(", ", words.Select(word => $"\"{word}\""))}]";
}
