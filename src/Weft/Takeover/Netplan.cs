// netplan: its YAML files are made into files of systemd-networkd or NetworkManager at every boot. They go aside whole, since a
// part of one cannot be taken out without writing the rest anew: so a file that also says links which Weft does not take over
// is in the way. What it generated lies in /run, and is gone at the next boot.

using System.Collections.Immutable;
using System.Text;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Takeover;

internal static class Netplan
{
    public const string Name = "netplan";

    private static readonly string[] Sections = ["ethernets", "bonds", "bridges", "vlans"];

    public static Incumbent? Of(Survey survey)
    {
        var (claims, acts, findings) = (new List<Claim>(), new List<Act>(), new List<Finding>());
        foreach (var path in survey.In(".yaml", "/etc/netplan", "/run/netplan", "/lib/netplan"))
        {
            if (survey.Read(path) is not { } text)
                continue;
            var unread = new List<Finding>();
            if (Yaml.Map(Tree.Read(path, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)), unread), "network") is not { } network)
            {
                findings.AddRange(unread.Where(finding => finding.Severity == Severity.Error).Take(1).Select(finding => Finding.Error("file-unreadable", finding.Place, $"this file of netplan cannot be understood: {finding.What}", "it may say that netplan sets links up here", "move it away or mend it, then adopt again")));
                continue;
            }
            var said = network.Entries.Where(section => section.Value is MapNode).SelectMany(section => ((MapNode)section.Value).Entries.Select(entry => (Section: section.Key.Text, Entry: entry)))
                .Where(pair => pair.Entry.Value is MapNode or TextNode { IsNull: true }).Select(pair => (pair.Section, pair.Entry, Link: Linked(pair.Section, pair.Entry, survey))).ToList();
            claims.AddRange(said.Where(pair => Sections.Contains(pair.Section)).Select(pair => Claimed(pair.Section, pair.Entry, pair.Link)));
            if (said.Count == 0)
                continue;
            var others = said.Where(pair => !survey.Ours.Contains(pair.Link) && (survey.Now.Find(pair.Link) is not null || !Sections.Contains(pair.Section))).ToList();
            findings.AddRange(others.Select(pair => Finding.Error("adopt-shared-file", pair.Entry.Key.Place, $"{pair.Link} stands in the same file as links of the host file, and is none of them",
                "the file goes aside whole, and with it what it says of this link", "move this entry into a file of its own, then adopt again")));
            acts.AddRange(survey.Aside(path, $"/etc/netplan/{Act.NameOf(path)}.before-weft", Name, "netplan generates nothing of it at the next boot"));
        }
        return claims.Count == 0 && findings.Count == 0 ? null : new(Name, [.. claims])
        {
            Alive = true,
            Acts = [.. acts],
            Findings = [.. findings],
            Heeds = "netplan heeds this at the next boot. Do not run netplan apply before that: it would have its programs set these links up anew.",
        };
    }

    /// <summary>An entry is a link by its name, unless it is matched by other things.</summary>
    private static string Linked(string section, MapEntry entry, Survey survey)
    {
        if (section != "ethernets" || Yaml.Map(entry.Value, "match") is not { } match)
            return entry.Key.Text;
        return Yaml.Text(match, "macaddress") is { } mac && survey.ByMac(mac) is { } nic ? nic.Name.Value
            : Yaml.Text(match, "name") is { } name && survey.Now.Of(LinkKind.Nic).FirstOrDefault(link => Globs.One(name, link.Name.Value)) is { } named ? named.Name.Value
            : Yaml.Text(entry.Value, "set-name") ?? entry.Key.Text;
    }

    private static Claim Claimed(string section, MapEntry entry, string link) => new(link, entry.Key.Place, $"{section}: {Quote.Short(entry.Key.Text)}")
    {
        Addresses = [.. (Yaml.Get(entry.Value, "addresses") is ListNode list ? list.Items : []).Select(item => item is TextNode text ? text.Text : item is MapNode { Entries: [var first, ..] } ? first.Key.Text : "").Select(NetworkManagerFiles.Address).OfType<IpPrefix>()],
        Dynamic = Yaml.IsTrue(entry.Value, "dhcp4") || Yaml.IsTrue(entry.Value, "dhcp6"),
    };
}
