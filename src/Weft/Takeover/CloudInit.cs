// cloud-init: at boot it writes network files for whichever of the other programs is there, so those come back after they
// went aside. It stops with `network: {config: disabled}`; of several files that say something of the network, the last counts.

using System.Collections.Immutable;
using System.Text;
using Weft.Spec;
using Weft.Text;

namespace Weft.Takeover;

internal static class CloudInit
{
    public const string Name = "cloud-init";
    public const string Written = "/etc/cloud/cloud.cfg.d/99-weft-network.cfg";

    /// <summary>What it writes, by whom it is for.</summary>
    private static readonly string[] Writes =
    [
        "/etc/netplan/50-cloud-init.yaml", "/etc/network/interfaces.d/50-cloud-init", "/etc/network/interfaces.d/50-cloud-init.cfg", "/etc/systemd/network/10-cloud-init-*.network",
        "/etc/NetworkManager/system-connections/cloud-init-*.nmconnection", "/run/network/interfaces.d/*",
    ];

    /// <param name="survey">The host.</param>
    /// <param name="others">Those who manage links by what cloud-init wrote for them.</param>
    public static Incumbent? Of(Survey survey, IEnumerable<Incumbent> others)
    {
        if (!survey.Exists("/etc/cloud/cloud.cfg") || survey.Exists("/etc/cloud/cloud-init.disabled"))
            return null;
        var claims = others.SelectMany(other => other.Claims).Where(claim => Writes.Any(pattern => Globs.One(pattern, claim.Place.File))).Select(claim => claim with { Words = $"wrote this: {claim.Words}", Addresses = [], Hook = null }).ToImmutableArray();
        var configured = survey.In(".cfg", "/etc/cloud/cloud.cfg.d").Prepend("/etc/cloud/cloud.cfg").Select(path => (Path: path, Network: Said(survey, path))).Where(file => file.Network is not null).ToList();
        if (configured is [.., var last] && last.Path != Written && Yaml.Text(last.Network, "config") == "disabled")
            return null;
        var (act, wrong) = survey.Written(Written, Survey.Heading + "network: {config: disabled}\n", Name, "cloud-init writes no network files at the next boot");
        return new(Name, claims)
        {
            Alive = true,
            Acts = act is null ? [] : [act],
            Heeds = "cloud-init heeds this at the next boot.",
            Findings =
            [
                .. wrong is null ? [] : new[] { wrong },
                .. configured.Where(file => string.CompareOrdinal(Act.NameOf(file.Path), Act.NameOf(Written)) > 0 && file.Path != "/etc/cloud/cloud.cfg").Select(file => Finding.Error("adopt-overruled", file.Network!.Place,
                    $"the network is said anew here, after {Written} is read", "cloud-init would go on writing network files at boot", "rename it so that it comes before 99-weft-network.cfg, or remove what it says of the network")),
            ],
        };
    }

    private static Node? Said(Survey survey, string path) =>
        survey.Read(path) is { } text ? Yaml.Get(Tree.Read(path, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)), []), "network") : null;
}
