// dhcpcd: it takes every link that its file does not deny it. A line of ours goes to the top of that file: below an
// `interface` line it would look like that interface's own.

using System.Collections.Immutable;
using System.Text;
using Weft.Text;

namespace Weft.Takeover;

internal static class Dhcpcd
{
    public const string Name = "dhcpcd";

    private const string Conf = "/etc/dhcpcd.conf", State = "/run/dhcpcd";

    public static Incumbent? Of(Survey survey)
    {
        var alive = survey.IsEnabled("dhcpcd.service") || survey.IsEnabled("dhcpcd5.service") || survey.Exists("/run/dhcpcd.pid") || survey.Exists($"{State}/pid");
        if (!alive || survey.Read(Conf) is not { } text)
            return null;
        var lines = text.Split('\n').Select((line, at) => (Words: line.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries), Place: new Place(Conf, at + 1, 1, Math.Max(1, line.Length)))).Where(line => line.Words.Length > 1 && line.Words[0][0] != '#').ToList();
        bool Denied(string link) => lines.Any(line => line.Words[0] == "denyinterfaces" && line.Words[1..].Any(pattern => Globs.One(pattern, link)));
        bool Allowed(string link) => !Denied(link) && lines.Where(line => line.Words[0] == "allowinterfaces").ToList() is var allow && (allow.Count == 0 || allow.Any(line => line.Words[1..].Any(pattern => Globs.One(pattern, link))));
        var kept = survey.Ours.Where(Allowed).ToList();
        if (kept.Count == 0)
            return null;
        var there = survey.Files.Look(Conf).Entry!;
        var plain = survey.Sayable.Where(kept.Contains).ToList();
        var rest = Survey.Heading + $"denyinterfaces {string.Join(' ', plain)}\n" + text;
        return new(Name, [.. kept.Select(link => new Claim(link, lines.Find(line => line.Words is ["interface", var named, ..] && named == link).Place is { Line: > 0 } place ? place : new Place(Conf, 1, 1), "takes every link that it is not denied") { Dynamic = survey.Now.Find(link)?.State?.Leased.IsEmpty == false })])
        {
            Alive = true,
            Acts = plain.Count == 0 ? [] : [new(Conf, there, Entry.File("") with { Mode = there.Kind == EntryKind.Link ? Entry.File("").Mode : there.Mode, Owner = there.Kind == EntryKind.Link ? null : there.Owner, Content = [.. Encoding.Latin1.GetBytes(rest)] }, Name, "dhcpcd leaves the links alone that the host file names")],
            Findings = [.. survey.Unsayable(Name)],
            Heeds = "dhcpcd heeds this when it starts again, at the next boot at the latest.",
        };
    }
}
