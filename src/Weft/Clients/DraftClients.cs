// The clients of links in a plan: those that nobody wants any more are stopped before anything else, while their links stand; those
// that are wanted and do not run so are started last, on links that stand.

using Weft.Clients;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    /// <summary>Where the file wants clients and this machine has no program for it.</summary>
    public void RefuseClients()
    {
        if (noClients is not null && before is null && next.Links.FirstOrDefault(link => ClientLines.WishOf(link.Settings).Count > 0) is { } first)
            findings.Add(Finding.Error("client-missing", ClientLines.WishOf(first.Settings).FirstPlace, $"{first.Name} is to lease its addresses, and {noClients}",
                "addresses by DHCP and router advertisements are leased by dhcpcd, one process a link", "install Debian's package dhcpcd-base, or give the link addresses"));
    }

    /// <summary>Stops what this file does not want, whether its link stays or goes; a link that no file names is somebody else's.</summary>
    public void StopClients()
    {
        foreach (var link in now.Links.Where(link => ClientLines.IsThere(link.Settings)))
            if ((next.Find(link.Name.Value) is not null || last.Find(link.Name.Value) is not null || IsAbsent(link.Name.Value)) && WishOf(link.Name.Value).Count == 0)
                Plan(new Step.OfClient(Verb.Remove, link.Name.Value, Settings.Empty, Place.None) { Disturbs = Leases(link, Disturbed.Gone) });
    }

    /// <summary>Starts what is wanted and does not run, or not as it is wanted: a link that was made anew has none.</summary>
    public void StartClients()
    {
        foreach (var link in BottomUp)
        {
            var wish = WishOf(link.Name.Value);
            if (wish.Count == 0 || world.Find(link.Name.Value) is not { } piece || ClientLines.WishOf(piece.Settings).Equals(wish))
                continue;
            var ran = now.Find(link.Name.Value) is { } was && ClientLines.IsThere(was.Settings) ? was : null;
            Plan(new Step.OfClient(ran is null ? Verb.Add : Verb.Set, link.Name.Value, wish, wish.FirstPlace is { IsSomewhere: true } place ? place : link.Name.Place)
                { Disturbs = ran is null ? [] : Leases(ran, Disturbed.Blink) });
        }
    }

    private Settings WishOf(string name) => next.Find(name) is { } link && intent.MasterOf(name) is null ? ClientLines.WishOf(link.Settings) : Settings.Empty;

    private static System.Collections.Immutable.ImmutableArray<Disturbance> Leases(Link link, string kind) =>
        [.. (link.State?.Leased ?? []).Select(address => new Disturbance($"{address} dev {link.Name}", kind))];
}
