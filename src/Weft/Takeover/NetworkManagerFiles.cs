// NetworkManager: its profiles (keyfiles) say which links it would manage, its files of state (named by ifindex) which it
// manages now. It lets go of what `unmanaged-devices` names. Surprise: it manages a NIC without any profile too, so all our
// links are named and not only those of profiles; `+=` adds to what other files name.

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Weft.Model;
using Weft.Text;

namespace Weft.Takeover;

internal static class NetworkManagerFiles
{
    public const string Name = "NetworkManager";
    public const string Written = "/etc/NetworkManager/conf.d/99-weft.conf";

    private static readonly string[] Families = ["ipv4", "ipv6"];

    private const string State = "/run/NetworkManager/devices";

    public static Incumbent? Of(Survey survey)
    {
        var profiles = survey.In("", "/etc/NetworkManager/system-connections", "/run/NetworkManager/system-connections", "/usr/lib/NetworkManager/system-connections")
            .Select(path => (Path: path, Text: survey.Read(path))).Where(file => file.Text is not null).Select(file => new Keyfile(file.Path, file.Text!)).Where(file => file.Of("connection").Any()).ToList();
        var claims = profiles.Select(profile => Declared(profile, survey)).OfType<Claim>().Concat(Running(survey, profiles)).ToImmutableArray();
        var alive = survey.IsEnabled("NetworkManager.service") || !survey.Files.List(State).IsEmpty;
        if (claims.IsEmpty && !alive)
            return null;
        var incumbent = new Incumbent(Name, claims)
        {
            Alive = alive,
            Heeds = "NetworkManager heeds this when it starts again, at the next boot at the latest. Do not have it reload: it may take the addresses of links away that it lets go of while it runs.",
        };
        if (!alive || !survey.Sayable.Any())
            return incumbent;
        var text = Survey.Heading + "[keyfile]\nunmanaged-devices+=" + string.Join(';', survey.Sayable.Select(name => $"interface-name:{name}")) + "\n";
        var (act, wrong) = survey.Written(Written, text, Name, "NetworkManager leaves the links alone that the host file names");
        return incumbent with { Acts = act is null ? [] : [act], Findings = [.. survey.Unsayable(Name), .. wrong is null ? [] : new[] { wrong }, .. Overruled(survey)] };
    }

    /// <summary>A later file that sets the list anew drops what ours adds to it.</summary>
    private static IEnumerable<Finding> Overruled(Survey survey) =>
        survey.In(".conf", "/etc/NetworkManager/conf.d").Where(path => string.CompareOrdinal(Act.NameOf(path), Act.NameOf(Written)) > 0)
            .Select(path => survey.Read(path) is { } text ? new Keyfile(path, text).Get("keyfile", "unmanaged-devices") : null).OfType<Pair>()
            .Select(pair => Finding.Error("adopt-overruled", pair.Place, $"unmanaged-devices is set anew here, after {Written} is read", "NetworkManager would go on managing the links that Weft names", "write += in place of ="));

    private static Claim? Declared(Keyfile profile, Survey survey)
    {
        var kind = profile.Get("connection", "type");
        var name = profile.Get("connection", "interface-name");
        var nic = (profile.Get("ethernet", "mac-address") ?? profile.Get("802-3-ethernet", "mac-address")) is { } mac ? survey.ByMac(mac.Value)?.Name.Value : null;
        if ((name?.Value ?? nic) is not { Length: > 0 } link || kind is null || kind.Value is "wifi" or "802-11-wireless" or "vpn" or "loopback")
            return null;
        var methods = Families.Select(family => profile.Get(family, "method")?.Value).ToList();
        return new(link, (name ?? kind).Place, $"{kind.Value} profile {Quote.Short(profile.Get("connection", "id")?.Value ?? Act.NameOf(kind.Place.File))}")
        {
            Addresses = [.. Families.SelectMany(profile.Of).Where(pair => pair.Key.StartsWith("address", StringComparison.Ordinal) && pair.Key[7..].All(char.IsAsciiDigit)).Select(pair => Address(pair.Value)).OfType<IpPrefix>()],
            // Of IPv6, auto is what every profile says; a router that answers is seen by the leased address itself.
            Dynamic = methods[0] == "auto" || methods[1] == "dhcp",
        };
    }

    private static IEnumerable<Claim> Running(Survey survey, List<Keyfile> profiles)
    {
        foreach (var index in survey.Files.List(State))
            if (survey.ByIndex(index) is { } link && link != "lo" && survey.Read($"{State}/{index}") is { } text && new Keyfile($"{State}/{index}", text).Get("device", "connection-uuid") is { Value.Length: > 0 } uuid)
                yield return new(link, uuid.Place, profiles.Find(profile => profile.Get("connection", "uuid")?.Value == uuid.Value)?.Get("connection", "id") is { } id ? $"runs profile {Quote.Short(id.Value)}" : $"runs profile {Quote.Short(uuid.Value)}") { Running = true };
    }

    /// <summary>`10.0.0.5/24,10.0.0.1`: the address before the comma.</summary>
    internal static IpPrefix? Address(string text)
    {
        var parts = text.Split(',', ';')[0].Trim().Split('/');
        return IPAddress.TryParse(parts[0], out var address) && int.TryParse(parts.Length == 2 ? parts[1] : address.GetAddressBytes().Length == 4 ? "32" : "128", NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= address.GetAddressBytes().Length * 8 ? new(address, length) : null;
    }
}
