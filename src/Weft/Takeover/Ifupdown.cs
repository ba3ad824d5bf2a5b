// ifupdown and ifupdown2, which read the same files: /etc/network/interfaces and what it sources. They let go of links whose
// stanzas are comments. Surprise: ifupdown2 compares its files with what it remembers, and would take down what left them: so
// its memory goes too. The original is kept where no `source` line finds it.

using System.Collections.Immutable;
using System.Net;
using System.Text;
using Weft.Model;
using Weft.Text;

namespace Weft.Takeover;

internal static class Ifupdown
{
    private const string Main = "/etc/network/interfaces";

    /// <summary>No host has more files, and none is sourced deeper: a circle of them ends here.</summary>
    private const int MostFiles = 1000;

    private static readonly string[] Memories = ["/run/network/ifstatenew", "/var/tmp/network/ifstatenew"];

    public static Incumbent? Of(Survey survey)
    {
        var second = survey.Exists("/etc/network/ifupdown2") || survey.Exists("/usr/share/ifupdown2");
        var name = second ? "ifupdown2" : "ifupdown";
        var files = Sourced(survey).ToList();
        var claims = files.SelectMany(file => Declared(file.Path, file.Text)).Concat(Running(survey)).ToImmutableArray();
        if (claims.IsEmpty)
            return null;
        var alive = survey.IsEnabled("networking.service") || claims.Any(claim => claim.Running) || survey.Files.List("/etc/rcS.d").Any(script => script.EndsWith("networking", StringComparison.Ordinal));
        var incumbent = new Incumbent(name, claims)
        {
            Alive = alive,
            Heeds = second ? "ifupdown2 heeds this from now on: it neither brings these links up nor down any more." : "ifupdown heeds this from now on: ifup and ifdown know these links no more.",
        };
        if (!alive)
            return incumbent;
        var ours = survey.Ours.ToHashSet(StringComparer.Ordinal);
        // An alias (eth0:1) is an address of its link.
        bool Gone(string link) => ours.Contains(link) || (link.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && ours.Contains(link[..colon]));
        var acts = files.SelectMany(file => Rewritten(survey, name, file.Path, file.Text, Gone)).ToList();
        return incumbent with
        {
            Acts = [.. acts, .. second && acts.Count > 0 ? Memories.Where(survey.Exists).Select(path => new Act(path, survey.Files.Look(path).Entry, null, name, "ifreload would take down the links that it remembers and finds no more")) : []],
            Findings = [.. Patterns(files, Gone)],
        };
    }

    /// <summary>The file and all that it sources, in the order of reading.</summary>
    private static List<(string Path, string Text)> Sourced(Survey survey)
    {
        var (files, left) = (new List<(string, string)>(), new Queue<string>([Main]));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (left.TryDequeue(out var path) && files.Count < MostFiles)
        {
            if (!seen.Add(path) || survey.Read(path) is not { } text)
                continue;
            files.Add((path, text));
            foreach (var stanza in Interfaces.Read(path, text).Where(stanza => stanza.Word is "source" or "source-directory"))
                foreach (var pattern in stanza.Words[1..].Select(word => word.StartsWith('/') ? word : $"{Act.FolderOf(path)}/{word}"))
                    foreach (var found in stanza.Word == "source" ? Matching(survey, pattern) : Matching(survey, $"{pattern.TrimEnd('/')}/*").Where(file => Act.NameOf(file).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')))
                        left.Enqueue(found);
        }
        return files;
    }

    /// <summary>Files whose last part fits a pattern; a star in a folder's name is nobody's habit, and finds nothing.</summary>
    private static IEnumerable<string> Matching(Survey survey, string pattern) =>
        survey.Files.List(Act.FolderOf(pattern)).Where(name => name[0] != '.' && Globs.One(Act.NameOf(pattern), name)).Select(name => $"{Act.FolderOf(pattern)}/{name}");

    private static IEnumerable<Claim> Declared(string path, string text)
    {
        foreach (var stanza in Interfaces.Read(path, text).Where(stanza => stanza.Word == "iface" && stanza.Words.Length > 1 && stanza.Words[1] != "lo"))
            yield return new(stanza.Words[1], stanza.Place, Quote.Short(string.Join(' ', stanza.Words)))
            {
                Addresses = [.. Addresses(stanza)],
                Dynamic = stanza.Words.Contains("dhcp"),
                Hook = stanza.Options.Find(option => option.Key is "up" or "pre-up" or "post-up" or "down" or "pre-down" or "post-down") is { Key: not null } hook ? $"{hook.Key} {Quote.Short(hook.Value)}" : null,
            };
    }

    private static IEnumerable<IpPrefix> Addresses(Stanza stanza)
    {
        var mask = stanza.Options.Find(option => option.Key == "netmask").Value;
        foreach (var (_, value) in stanza.Options.Where(option => option.Key == "address"))
            if (NetworkManagerFiles.Address(value.Contains('/', StringComparison.Ordinal) || mask is null ? value : $"{value}/{Length(mask)}") is { } address)
                yield return address;
    }

    /// <summary>255.255.255.0 is 24; a number stays one.</summary>
    private static string Length(string mask) => mask.Contains('.', StringComparison.Ordinal) && IPAddress.TryParse(mask, out var address)
        ? string.Concat(address.GetAddressBytes().Sum(part => System.Numerics.BitOperations.PopCount(part))) : mask;

    private static IEnumerable<Claim> Running(Survey survey)
    {
        const string State = "/run/network/ifstate";
        var lines = survey.Read(State)?.Split('\n') ?? [];
        for (var at = 0; at < lines.Length; at++)
            if (lines[at].Split('=') is [var link, var stanza] && link.Length > 0 && link != "lo")
                yield return new(link, new Place(State, at + 1, 1, lines[at].Length), $"brought it up as {Quote.Short(stanza)}") { Running = true };
    }

    private static IEnumerable<Act> Rewritten(Survey survey, string name, string path, string text, Func<string, bool> gone)
    {
        if (Interfaces.Without(path, text, gone) is not { } rest || survey.Files.Look(path).Entry is not { } there)
            yield break;
        // What is sourced may be by a star: beside the main file nothing is looked for.
        var aside = $"/etc/network/{Act.NameOf(path)}.before-weft";
        var kept = there.Kind == EntryKind.Link ? Entry.File("") with { Content = [.. Encoding.Latin1.GetBytes(text)] } : there;
        if (survey.Files.Look(aside).Entry is not { } beside || !beside.Matches(kept))
            yield return new(aside, survey.Files.Look(aside).Entry, kept, name, $"it keeps what {path} said");
        yield return new(path, there, kept with { Content = [.. Encoding.Latin1.GetBytes(rest)] }, name, $"{name} neither brings the links of the host file up nor down");
    }

    /// <summary>`iface eth*`, `auto /regex/`: what such a line means cannot be taken out by name.</summary>
    private static IEnumerable<Finding> Patterns(List<(string Path, string Text)> files, Func<string, bool> gone) =>
        from file in files
        from stanza in Interfaces.Read(file.Path, file.Text)
        where stanza.IsList || stanza.Word == "iface"
        from word in stanza.Word == "iface" ? stanza.Words.Skip(1).Take(1) : stanza.Words.Skip(1)
        where !gone(word) && word.AsSpan().IndexOfAny("*?[/") >= 0
        select Finding.Error("adopt-pattern", stanza.Place, $"{Quote.Of(word)} may mean links of the host file", "it would bring them up beside Weft", "name the links one by one, then adopt again");
}
