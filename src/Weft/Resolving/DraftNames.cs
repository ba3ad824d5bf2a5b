// Name servers and search domains in a plan: what nobody says any more is taken back first, while its link stands; what is said is
// set last, once the servers can be reached.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    public void TakeNames()
    {
        if (noNames is not null)
        {
            if (before is null && next.Links.Select(link => NameLines.WishOf(link.Settings)).FirstOrDefault(wish => wish.Count > 0) is { } first)
                findings.Add(noNames with { Place = first.FirstPlace });
            return;
        }
        foreach (var link in now.Links.Where(link => NameLines.All.Any(link.Settings.Has)))
            if ((next.Find(link.Name.Value) is not null || last.Find(link.Name.Value) is not null || IsAbsent(link.Name.Value)) && WishOfNames(link.Name.Value).Count == 0)
                Plan(new Step.OfNames(Verb.Remove, link.Name.Value, Settings.Empty, Place.None));
        // Whoever wrote servers for a link that is gone was Weft, and nobody else takes them back.
        foreach (var (link, _) in now.NamesOfGone)
            if (WishOfNames(link).Count == 0)
                Plan(new Step.OfNames(Verb.Remove, link, Settings.Empty, Place.None));
    }

    public void GiveNames()
    {
        if (noNames is not null)
            return;
        foreach (var link in next.Links)
            if (NameLines.WishOf(link.Settings) is { Count: > 0 } wish && world.Find(link.Name.Value) is { } piece && !NameLines.WishOf(piece.Settings).Equals(wish))
                Plan(new Step.OfNames(Verb.Set, link.Name.Value, wish, wish.FirstPlace is { IsSomewhere: true } place ? place : link.Name.Place));
        // Only a snapshot has these: an undo gives the file back to the byte.
        foreach (var (link, wish) in next.NamesOfGone)
            if (world.Find(link) is null && !now.NamesOfGone.Any(one => one.Link == link && one.Names.Equals(wish)))
                Plan(new Step.OfNames(Verb.Set, link, wish, Place.None));
    }

    private Settings WishOfNames(string link) =>
        next.Find(link) is { } wanted ? NameLines.WishOf(wanted.Settings) : next.NamesOfGone.FirstOrDefault(one => one.Link == link).Names ?? Settings.Empty;
}
