// Notes, other names and queue lengths of links. Names go before any comes: the one that one link gives up, another may get in
// the same change, and the kernel has each name once, be it a link's own or another.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    /// <summary>What a file can say of a link that it declares is among the link's settings, and nothing that is kept for others.</summary>
    private static Observation WithoutSaid(Observation observation, Host next)
    {
        bool IsSaid(Kept thing) => thing.Line is not null && next.Find(thing.Link) is not null;
        return observation.Host.Kept.Any(IsSaid) ? observation with { Host = observation.Host with { Kept = observation.Host.Kept.RemoveAll(IsSaid) } } : observation;
    }

    /// <summary>Other names that are ours no more go, of all links.</summary>
    public void DropNames()
    {
        foreach (var link in next.Links)
            if (world.Find(link.Name.Value) is { } piece && MarkLines.NamesIn(piece.ValueOf(MarkLines.Altnames)).Any()
                && intent.Of(link, world).Get(MarkLines.Altnames) is { } wanted && MarkLines.Changes(piece.ValueOf(MarkLines.Altnames), wanted.Value) is var changes
                && changes.Fields.Where(field => field.Value.Value == Value.Of(false)).ToList() is { Count: > 0 } going)
                Plan(new Step.OfLink(Verb.Set, piece.Name, piece.Kind, Settings.Empty.With(MarkLines.Altnames, At.Of<Value>(new Value.Map(new(going)), wanted.Place)), wanted.Place));
    }

    /// <summary>A name that another link of this host answers to, and goes on answering to.</summary>
    public void RefuseNamesTaken()
    {
        if (!next.Links.Any(link => link.Settings.Has(MarkLines.Altnames)))
            return;
        var held = world.All.SelectMany(piece => MarkLines.NamesIn(piece.ValueOf(MarkLines.Altnames)).Append(piece.Name).Select(name => (Name: name, Link: piece.Name))).ToLookup(pair => pair.Name, pair => pair.Link, StringComparer.Ordinal);
        foreach (var link in next.Links)
            if (link.Settings.Get(MarkLines.Altnames)?.Value is Value.List names)
                foreach (var name in names.Items)
                    if (held[name.ToString()].FirstOrDefault(other => other != link.Name.Value) is { } other)
                        findings.Add(Finding.Error("altname-taken", name.Place, $"{name} is wanted as another name of {link.Name}, and {other} answers to it on this host",
                            "a host has one link of each name, other names included (EEXIST)", $"choose another name, or let its owner take it away: ip link property del dev {other} altname {name}"));
    }

    /// <summary>What a NIC gets back when it is let go: the note, the queue and the hardware's settings that it had, and none of our names.</summary>
    private Settings MarksBack(Piece nic)
    {
        var settings = Settings.Empty;
        var said = last.Find(nic.Name)!.Settings;
        foreach (var line in new[] { MarkLines.Alias, MarkLines.Txqueuelen })
            if (said.Has(line) && (intent.First(nic.Name, line) ?? line.Default(said)) is { } first && nic.ValueOf(line) is { } held && held != first)
                settings = settings.With(line, first);
        var wish = new HardwareWish(Settings.Empty, said, ledger.Firsts.Find(nic.Name)?.Settings ?? Settings.Empty, nic.ValueOf);
        foreach (var line in NicLines.All)
            if (wish.Of(line) is { } found && nic.ValueOf(line) is var has && has != found)
                settings = settings.With(Messages.Whole([KeyValuePair.Create(line, At.Nowhere(found))], nic));
        var ours = MarkLines.NamesIn(said.ValueOf(MarkLines.Altnames)).ToHashSet(StringComparer.Ordinal);
        var names = MarkLines.NamesIn(nic.ValueOf(MarkLines.Altnames)).ToList();
        return names.Exists(ours.Contains) ? settings.With(MarkLines.Altnames, MarkLines.Changes(MarkLines.NamesOf(names), MarkLines.NamesOf(names.Where(name => !ours.Contains(name))))) : settings;
    }
}
