// systemd-networkd: of its .network files the first by name that matches a link is the link's; its files of state (named by
// ifindex) say which it manages now. A file of ours that comes first says that ours are none of its. Surprise: its .netdev
// files would make bonds, VLANs and bridges at the next boot before Weft can, so they go aside, or a link to /dev/null hides them.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Takeover;

internal static class Networkd
{
    public const string Name = "systemd-networkd";
    public const string Written = "/etc/systemd/network/05-weft.network";

    private const string Etc = "/etc/systemd/network", State = "/run/systemd/netif/links";
    private const string Online = "systemd-networkd-wait-online.service";

    /// <summary>systemd takes long lines, people do not.</summary>
    private const int NamesALine = 12;

    private static readonly string[] Folders = [Etc, "/run/systemd/network", "/usr/lib/systemd/network", "/lib/systemd/network"];

    public static Incumbent? Of(Survey survey)
    {
        var networks = Read(survey, ".network").Where(file => file.Path != Written).ToList();
        var devices = Read(survey, ".netdev").Where(file => file.File.Get("NetDev", "Name") is not null).ToList();
        var claims = survey.Now.Links.Where(link => link.Name.Value != "lo").Select(link => Declared(link, networks)).OfType<Claim>()
            .Concat(devices.Select(file => file.File.Get("NetDev", "Name")!).Select(name => new Claim(name.Value, name.Place, $"makes it ({Act.NameOf(name.Place.File)})")))
            .Concat(Running(survey)).ToImmutableArray();
        var alive = survey.IsEnabled("systemd-networkd.service") || !survey.Files.List(State).IsEmpty;
        if (claims.IsEmpty)
            return null;
        var incumbent = new Incumbent(Name, claims)
        {
            Alive = alive,
            Heeds = "systemd-networkd heeds this when it starts again, at the next boot at the latest. Do not have it reload: that may take the addresses of links away that it lets go of.",
        };
        if (!alive || !survey.Sayable.Any())
            return incumbent;
        var text = Survey.Heading + "[Match]\n" + string.Concat(survey.Sayable.Chunk(NamesALine).Select(names => $"Name={string.Join(' ', names)}\n")) + "\n[Link]\nUnmanaged=yes\n";
        var (act, wrong) = survey.Written(Written, text, Name, "systemd-networkd leaves the links alone that the host file names");
        return incumbent with
        {
            Acts = [.. act is null ? [] : new[] { act }, .. devices.Where(file => survey.Ours.Contains(file.File.Get("NetDev", "Name")!.Value)).SelectMany(file => Hidden(survey, file.Path)), .. Waiting(survey, claims)],
            Findings = [.. survey.Unsayable(Name), .. wrong is null ? [] : new[] { wrong }, .. networks.Where(file => string.CompareOrdinal(Act.NameOf(file.Path), Act.NameOf(Written)) < 0 && survey.Ours.Any(name => Means(file.File, survey.Now.Find(name)!))).Select(file => Earlier(file.Path))],
        };
    }

    private static IEnumerable<(string Path, Keyfile File)> Read(Survey survey, string ending) =>
        survey.In(ending, Folders).Select(path => (path, survey.Read(path))).Where(file => file.Item2 is not null).Select(file => (file.path, new Keyfile(file.path, file.Item2!)));

    private static Claim? Declared(Link link, List<(string Path, Keyfile File)> networks)
    {
        if (networks.Find(network => Means(network.File, link)).File is not { } file || file.Get("Link", "Unmanaged")?.Value is "yes" or "true" or "1" or "on")
            return null;
        var match = file.Get("Match", "Name") ?? file.Of("Match").First();
        return new(link.Name.Value, match.Place, $"{match.Key}={Quote.Short(match.Value)}")
        {
            Addresses = [.. file.All("Network", "Address").Concat(file.All("Address", "Address")).Select(pair => NetworkManagerFiles.Address(pair.Value)).OfType<IpPrefix>()],
            Dynamic = file.Get("Network", "DHCP")?.Value is "yes" or "true" or "ipv4" or "ipv6" or "both" or "1" or "on",
        };
    }

    /// <summary>Whether [Match] means a link, as far as it can be told here: by name, MAC, type and kind. What asks for more means none.</summary>
    private static bool Means(Keyfile file, Link link)
    {
        var asked = file.Of("Match").ToList();
        return asked.Count > 0 && asked.GroupBy(pair => pair.Key).All(key => key.Key switch
        {
            "Name" => Globs.Match(string.Join(' ', key.Select(pair => pair.Value)), link.Name.Value),
            "MACAddress" or "PermanentMACAddress" => key.SelectMany(pair => pair.Value.Split(' ')).Any(mac => string.Equals(mac, link.State?.IdentityMac, StringComparison.OrdinalIgnoreCase)),
            "Type" => Globs.Match(string.Join(' ', key.Select(pair => pair.Value)), link.Kind == LinkKind.Nic ? "ether" : link.Kind.Word),
            "Kind" => Globs.Match(string.Join(' ', key.Select(pair => pair.Value)), link.Kind == LinkKind.Nic ? "" : link.Kind.Word),
            "Driver" => Globs.Match(string.Join(' ', key.Select(pair => pair.Value)), link.State?.Driver ?? ""),
            _ => false,
        });
    }

    private static IEnumerable<Claim> Running(Survey survey)
    {
        foreach (var index in survey.Files.List(State))
            if (survey.ByIndex(index) is { } link && link != "lo" && survey.Read($"{State}/{index}") is { } text && new Keyfile($"{State}/{index}", text).Get("", "ADMIN_STATE") is { } state && state.Value is not ("unmanaged" or "pending" or "initialized" or "linger"))
                yield return new(link, state.Place, $"manages it now ({Quote.Short(state.Value)})") { Running = true };
    }

    /// <summary>A .netdev file of the administrator's goes aside; what a package brings is hidden by a link to /dev/null. What lies in /run is gone at the next boot.</summary>
    private static IEnumerable<Act> Hidden(Survey survey, string path)
    {
        const string Why = "systemd-networkd makes no link that the host file makes";
        return path.StartsWith(Etc, StringComparison.Ordinal) ? survey.Files.Look(path).Entry is { Kind: EntryKind.Link, Text: "/dev/null" } ? [] : survey.Aside(path, $"{path}.before-weft", Name, Why)
            : path.StartsWith("/run/", StringComparison.Ordinal) ? [] : [new($"{Etc}/{Act.NameOf(path)}", null, Entry.LinkTo("/dev/null"), Name, Why)];
    }

    /// <summary>With no link left to it, waiting for it to bring one up would hold up every boot for two minutes.</summary>
    private static IEnumerable<Act> Waiting(Survey survey, ImmutableArray<Claim> claims) =>
        survey.IsEnabled(Online) && !survey.Exists($"/etc/systemd/system/{Online}") && claims.All(claim => survey.Ours.Contains(claim.Link))
            ? [new($"/etc/systemd/system/{Online}", null, Entry.LinkTo("/dev/null"), Name, "nothing waits for systemd-networkd, which has no link left")]
            : [];

    private static Finding Earlier(string path) => Finding.Error("adopt-overruled", new Place(path, 0, 0), $"{path} comes before {Written}, and means links of the host file",
        "of the files that match a link, systemd-networkd takes the first by name", "rename it so that it comes after 05-weft.network, then adopt again");
}
