// Many names or numbers in few words: br100-br599. What is not in a row is told by its ends and its count.

using System.Globalization;

namespace Weft.Show.Picture;

internal static class Ranges
{
    /// <summary>So many rows are spelled; more are told by the first and the last.</summary>
    private const int Most = 2;

    /// <summary>`100-599`, `5, 9-12`, `1000 … 5990`.</summary>
    public static string Of(IEnumerable<long> numbers) => Of("", numbers);

    /// <summary>`br100-br599`, `eth0, wan`: names that end in a number are told by prefix.</summary>
    public static string Of(IEnumerable<string> names)
    {
        var groups = names.Select(Split).GroupBy(name => name.Prefix, StringComparer.Ordinal).ToList();
        var words = groups.Take(Most).Select(group => Of(group.Key, group.Where(name => name.Number is not null).Select(name => name.Number!.Value)));
        return string.Join(", ", words) + (groups.Count > Most ? ", …" : "");
    }

    private static string Of(string prefix, IEnumerable<long> numbers)
    {
        var rows = new List<(long First, long Last)>();
        foreach (var number in numbers.Distinct().Order())
            if (rows.Count > 0 && rows[^1].Last == number - 1)
                rows[^1] = (rows[^1].First, number);
            else
                rows.Add((number, number));
        return rows.Count == 0 ? prefix
            : rows.Count <= Most ? string.Join(", ", rows.Select(row => row.First == row.Last ? $"{prefix}{row.First}" : $"{prefix}{row.First}-{prefix}{row.Last}"))
            : $"{prefix}{rows[0].First} … {prefix}{rows[^1].Last}";
    }

    /// <summary>A number with a leading zero is no number: eth01 and eth1 are two names.</summary>
    private static (string Prefix, long? Number) Split(string name)
    {
        var at = name.Length;
        while (at > 0 && char.IsAsciiDigit(name[at - 1]) && name.Length - at < 9)
            at--;
        while (at < name.Length - 1 && name[at] == '0')
            at++;
        return at == name.Length ? (name, null) : (name[..at], long.Parse(name.AsSpan(at), CultureInfo.InvariantCulture));
    }
}
