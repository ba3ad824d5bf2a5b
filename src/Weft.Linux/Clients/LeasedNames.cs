// Name servers and search domains that a client gets. dhcpcd runs a program whenever it gets something or loses it, and says in the
// environment what (dhcpcd-run-hooks(8)); that program is weft itself, for a script of its own could not be run from /run, which is
// mounted noexec. So they follow every renewal, and no process of Weft's waits for that.

using System.Collections;
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Resolving;

namespace Weft.Linux.Clients;

/// <summary>What dhcpcd is answered.</summary>
public static class LeasedNames
{
    /// <summary>The word of the environment that says that dhcpcd asks, and the runtime folder of whoever started it.</summary>
    public const string Word = "weft_lease";

    /// <summary>The file of a link in which each protocol has a line: one changes, and the others stay.</summary>
    internal const string Ending = "names";

    /// <summary>Of a kind, that one protocol may bring: libc asks three servers, and pages of them are somebody's who wants to fill files.</summary>
    private const int Most = 32;

    /// <summary>DHCP, DHCPv6 and router advertisements, as dhcpcd calls them, in the order in which their servers are asked.</summary>
    private static readonly string[] Protocols = ["dhcp", "dhcp6", "ra"];

    /// <summary>This program, where it is weft, and what it will find in its environment; nothing where the machine's names are not this network namespace's.</summary>
    internal static (string Program, string Word)? Hook(string runtime) =>
        NetworkNamespace.IsInitial() && Environment.ProcessPath is { } program && Path.GetFileName(program) == "weft" ? (program, $"{Word}={runtime}") : null;

    /// <summary>Does what dhcpcd's call asks for. What goes wrong is for its log.</summary>
    /// <param name="runtime">The runtime folder.</param>
    /// <param name="said">The environment.</param>
    /// <param name="names">Where the machine keeps names.</param>
    public static string? Take(string runtime, IDictionary said, INames names)
    {
        var words = said.Keys.OfType<string>().ToDictionary(key => key, key => said[key] as string ?? "", StringComparer.Ordinal);
        if (words.GetValueOrDefault("interface") is not { Length: > 0 } link || !File.Exists(Path.Combine(runtime, "clients", $"{link}.conf")) || names.Unfit is not null)
            return null;
        var path = Path.Combine(runtime, "clients", $"{link}.{Ending}");
        var held = (File.Exists(path) ? File.ReadAllLines(path) : []).Select(line => line.Split(' ', 2)).ToDictionary(line => line[0], line => line[^1], StringComparer.Ordinal);
        var protocol = words.GetValueOrDefault("protocol") ?? "";
        var before = string.Join('\n', Spelled(held));
        if (words.GetValueOrDefault("reason") is "STOPPED" or "DEPARTED")
            held.Clear();
        else if (!Protocols.Contains(protocol))
            return null;
        else if (words.GetValueOrDefault("if_down") == "true" || (words.GetValueOrDefault("if_up") == "true" ? Got(link, protocol, words) : null) is not { } got)
            held.Remove(protocol);
        else
            held[protocol] = got;
        if (string.Join('\n', Spelled(held)) == before)
            return null;
        var lists = Protocols.Where(held.ContainsKey).Select(one => held[one].Split(';')).ToList();
        if (names.Lease(link, NameLines.Of(lists.SelectMany(list => Split(list[0])).Distinct(StringComparer.Ordinal), lists.SelectMany(list => Split(list[1])).Distinct(StringComparer.Ordinal))) is { } refusal)
            return refusal.ToString(); // Not remembered, it is said again with the next renewal.
        File.WriteAllLines(path + ".new", Spelled(held));
        File.Move(path + ".new", path, overwrite: true);
        return null;
    }

    private static IEnumerable<string> Spelled(Dictionary<string, string> held) => Protocols.Where(held.ContainsKey).Select(protocol => $"{protocol} {held[protocol]}");

    /// <summary>Servers, a semicolon, domains; null where it brought neither.</summary>
    private static string? Got(string link, string protocol, Dictionary<string, string> words)
    {
        var (servers, domains) = protocol switch
        {
            "dhcp" => (Split(words.GetValueOrDefault("new_domain_name_servers")), Split(words.GetValueOrDefault("new_domain_search") is { Length: > 0 } search ? search : words.GetValueOrDefault("new_domain_name"))),
            "dhcp6" => (Split(words.GetValueOrDefault("new_dhcp6_name_servers")), Split(words.GetValueOrDefault("new_dhcp6_domain_search"))),
            _ => (Advertised(words, "rdnss", "servers"), Advertised(words, "dnssl", "search")),
        };
        var (sound, known) = (Sound(servers.Select(word => Server(link, word))), Sound(domains.Select(word => Parsed(NameLines.Search, word))));
        return sound.Length + known.Length == 0 ? null : $"{sound};{known}";
    }

    /// <summary>Of every router and every option of its advertisement whose time is not over: `nd1_rdnss1_servers`, `nd1_rdnss1_lifetime`.</summary>
    private static IEnumerable<string> Advertised(Dictionary<string, string> words, string option, string key) =>
        from pair in words
        where pair.Key.StartsWith("nd", StringComparison.Ordinal) && pair.Key.Contains($"_{option}", StringComparison.Ordinal) && pair.Key.EndsWith($"_{key}", StringComparison.Ordinal)
        where words.GetValueOrDefault($"{pair.Key[..^key.Length]}lifetime") != "0"
        orderby pair.Key.Length, pair.Key
        from word in Split(pair.Value)
        select word;

    /// <summary>A link-local server is one of this link, and whoever asks it must be told so: dhcpcd says it, and so does resolv.conf(5).</summary>
    private static string? Server(string link, string word)
    {
        var scope = $"%{link}";
        return Parsed(NameLines.Dns, word.EndsWith(scope, StringComparison.Ordinal) ? word[..^scope.Length] : word) is { } address ? IPAddress.Parse(address).IsIPv6LinkLocal ? address + scope : address : null;
    }

    /// <summary>What a server says goes into a file that others read: only what a host file could say, too.</summary>
    private static string? Parsed(Model.Attributes.Attribute line, string word) => ((Model.Shapes.Scalar)((Model.Shapes.ListOf)line.Shape).Item).Parse(word).Value?.ToString();

    private static string Sound(IEnumerable<string?> words) => string.Join(' ', words.OfType<string>().Distinct(StringComparer.Ordinal).Take(Most));

    private static string[] Split(string? text) => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
