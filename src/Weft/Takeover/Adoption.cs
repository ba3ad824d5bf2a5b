// A running host taken over: the host file that means what it is, who manages it now, how they let go, and what would be lost
// by that. The file is tried at once on the very host: it must send nothing. Nothing is changed here.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Check;
using Weft.Model;
using Weft.Plan;
using Weft.Show;
using Weft.Spec;
using Weft.Text;

namespace Weft.Takeover;

/// <summary>What taking a host over comes to.</summary>
/// <param name="Text">The host file.</param>
/// <param name="Drawing">The plan of that file on this host, which sends nothing; null where the host could not be read, or the file is none.</param>
/// <param name="Incumbents">Who manages the host now, and starts with it or runs; those that have let go already too.</param>
/// <param name="Release">How they let go, all of them as one.</param>
/// <param name="Findings">What should be known, and what stops even the file (errors).</param>
/// <param name="Obstacles">What speaks against the letting go: errors, most of which may be forced.</param>
public sealed record Adoption(string Text, Drawing? Drawing, ImmutableArray<Incumbent> Incumbents, Release Release, ImmutableArray<Finding> Findings, ImmutableArray<Finding> Obstacles)
{
    /// <summary>Obstacles that the administrator may take the blame for.</summary>
    public static readonly ImmutableArray<string> Forcible = ["address-leased", "boot-not-installed", "adopt-hook", "adopt-pattern", "adopt-overruled", "adopt-shared-file", "link-name-odd", "file-unreadable"];

    /// <summary>Where `weft install` leaves its mark that Weft starts with the host.</summary>
    public const string Enabled = "/etc/systemd/system/multi-user.target.wants/weft.service";

    private const string Heading =
        """
        # This host as weft adopt found it. Permanent addresses are listed; one that a cluster manager
        # added looks the same as one of the host's own.

        """;

    /// <summary>Observes the host, writes its file, tries that, and asks every program's files.</summary>
    /// <param name="kernel">The host.</param>
    /// <param name="ledger">What was applied before.</param>
    /// <param name="files">The machine's files.</param>
    /// <param name="name">What the host file will be called, for findings about it.</param>
    public static Adoption Of(IKernel kernel, Ledger ledger, IFiles files, string name)
    {
        var now = kernel.Observe();
        if (now.Refusal is { } refusal)
            return new("", null, [], Release.None, [Refusals.OfObserving(refusal)], []);
        var text = Heading + HostWriter.Write(AsFile.Of(now, ledger));
        var reading = HostFile.Read(name, text);
        if (reading.Host is not { } host || reading.HasErrors)
            return new(text, null, [], Release.None, reading.Findings, []);
        var drawing = Walk.Plan(host, kernel, ledger, new Timings());
        var survey = new Survey(files, now.Host, [.. drawing.Next.Links.Select(link => link.Name.Value)]);
        var (incumbents, dormant) = Found(survey);
        var release = new Release([.. incumbents.SelectMany(incumbent => incumbent.Acts).DistinctBy(act => act.Path, StringComparer.Ordinal)]).WithFolders(files);
        return new(text, drawing, incumbents, release,
            [.. Checker.Look(host).Where(finding => finding.Severity != Severity.Advice), .. drawing.Plan.Findings, .. drawing.Plan.Steps.Where(step => step.Sends).Select(NotTheSame), .. Declared(survey, incumbents), .. Leased(survey, incumbents, known: false).Select(finding => finding with { Severity = Severity.Warning }), .. dormant.Select(Dormant)],
            [.. survey.Unread, .. incumbents.SelectMany(incumbent => incumbent.Findings), .. Leased(survey, incumbents, known: true), .. incumbents.SelectMany(Hooks), .. release.Acts.IsEmpty || survey.Exists(Enabled) ? [] : new[] { NotInstalled() }]);
    }

    private static (ImmutableArray<Incumbent> Alive, ImmutableArray<Incumbent> Dormant) Found(Survey survey)
    {
        var all = new[] { Netplan.Of(survey), NetworkManagerFiles.Of(survey), Networkd.Of(survey), Ifupdown.Of(survey), Dhcpcd.Of(survey) }.OfType<Incumbent>().ToList();
        if (CloudInit.Of(survey, all) is { } cloud)
            all.Insert(0, cloud);
        return ([.. all.Where(incumbent => incumbent.Alive)], [.. all.Where(incumbent => !incumbent.Alive)]);
    }

    private static Finding NotTheSame(Step step) => Finding.Error("adopt-differs", step.Place, $"the file that was made of this host would change it: {StepText.Of(step)}",
        "a file that takes a host over must send nothing", "report this, with what weft show --json prints");

    /// <summary>
    /// What a program's files say and the host has not: it was changed by hand, or the program failed. What cloud-init wrote, the program
    /// says that it was written for.
    /// </summary>
    private static IEnumerable<Finding> Declared(Survey survey, ImmutableArray<Incumbent> incumbents)
    {
        foreach (var (incumbent, claim) in incumbents.Where(incumbent => incumbent.Name != CloudInit.Name).SelectMany(incumbent => incumbent.Claims.Select(claim => (incumbent, claim))).DistinctBy(pair => (pair.claim.Link, pair.claim.Place)))
            if (survey.Now.Find(claim.Link) is not { } link)
            {
                if (!claim.Link.Contains(':', StringComparison.Ordinal) && claim.Link.AsSpan().IndexOfAny("*?[/") < 0)
                    yield return Finding.Warning("adopt-not-there", claim.Place, $"{incumbent.Name} says {Quote.Of(claim.Link)}, and there is no such link", "the host file is made of what is there, and does not have it", "add it to the host file if it is wanted");
            }
            else
                foreach (var address in claim.Addresses.Where(address => !link.Addresses.Any(there => there.Value == address)))
                    yield return Finding.Warning("adopt-not-there", claim.Place, $"{incumbent.Name} gives {claim.Link} {address}, which it does not have now", "the host file is made of what is there, and does not have it", "add it to the host file if it is wanted");
    }

    /// <summary>Leased addresses of links that somebody is to let go of, or (not known) of all others.</summary>
    private static IEnumerable<Finding> Leased(Survey survey, ImmutableArray<Incumbent> incumbents, bool known) => survey.Ours.Select(survey.Now.Find).OfType<Link>()
        .Where(link => link.State?.Leased.IsEmpty == false && incumbents.Any(incumbent => !incumbent.Acts.IsEmpty && incumbent.Links.Contains(link.Name.Value)) == known).Select(link => Finding.Error("address-leased", Place.None,
        $"{link.Name} has {string.Join(", ", link.State!.Leased)} from a DHCP server or a router", "an address that is leased stands in no host file; where nobody renews it, it is gone when its time is over",
        $"give {link.Name} a permanent address first (ip addr add), then adopt again"));

    private static IEnumerable<Finding> Hooks(Incumbent incumbent) => incumbent.Claims.Where(claim => claim.Hook is not null).Select(claim => Finding.Error("adopt-hook", claim.Place,
        $"{incumbent.Name} runs a program with {claim.Link}: {claim.Hook}", "Weft runs no programs, and nobody will once it has let go", "have a unit of its own run it after network.target"));

    private static Finding Dormant(Incumbent incumbent) => Finding.Advice("adopt-dormant", incumbent.Claims[0].Place, $"{incumbent.Name} has files about {string.Join(", ", incumbent.Links.Take(3))}{(incumbent.Links.Skip(3).Any() ? " and others" : "")}, but neither runs nor starts with the host",
        "if somebody enables it, it would manage these links beside Weft", "remove its files, or see that it stays disabled");

    private static Finding NotInstalled() => Finding.Error("boot-not-installed", Place.None, "nobody would bring the network up at the next boot: Weft's own unit is not enabled",
        "who manages it now lets go, and is not there any more when the host starts", "run weft install, then adopt again");
}
