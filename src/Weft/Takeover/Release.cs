// Acts in order, carried out as one: all of them, or none. An act that was done already counts as done, so that carrying out,
// or undoing, may die anywhere and be begun again. What somebody changed since is his: it is told, and never overwritten.

using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Takeover;

/// <summary>What came of carrying acts out, or of taking them back.</summary>
/// <param name="Done">All of it was done; where not, <see cref="Findings"/> say what is left.</param>
public sealed record Released(bool Done, ImmutableArray<Finding> Findings)
{
    /// <summary>Not done, and something of it could not be taken back: files are left half way.</summary>
    public bool IsHalfWay { get; init; }
}

/// <summary>Acts in order.</summary>
public sealed record Release(ImmutableArray<Act> Acts)
{
    public static readonly Release None = new([]);

    /// <summary>The same, with a folder made before the first act that needs it.</summary>
    public Release WithFolders(IFiles files)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        var acts = ImmutableArray.CreateBuilder<Act>();
        foreach (var act in Acts)
        {
            if (act.After is not null)
                foreach (var folder in Above(act.Path).Where(folder => files.Look(folder) is { Entry: null, Wrong: null } && made.Add(folder)))
                    acts.Add(new(folder, null, Entry.Folder(), act.Of, "it is the folder of what follows"));
            acts.Add(act);
        }
        return new(acts.ToImmutable());
    }

    /// <summary>Carries the acts out. Where one fails, those that were done are taken back.</summary>
    public Released Carry(IFiles files)
    {
        ImmutableArray<Finding> moved = [.. Acts.Select(act => (Act: act, Now: files.Look(act.Path)))
            .Where(seen => seen.Now.Wrong is not null || (!Entry.Same(seen.Now.Entry, seen.Act.Before) && !Entry.Same(seen.Now.Entry, seen.Act.After)))
            .Select(seen => MovedOn(seen.Act, seen.Now.Wrong))];
        if (!moved.IsEmpty)
            return new(false, moved);
        for (var at = 0; at < Acts.Length; at++)
            if (!Entry.Same(files.Look(Acts[at].Path).Entry, Acts[at].After) && files.Put(Acts[at].Path, Acts[at].After) is { } wrong)
            {
                var back = new Release(Acts[..at]).Undo(files);
                return new(false, [NotDone(Acts[at], wrong), .. back.Findings]) { IsHalfWay = !back.Done };
            }
        return new(true, []);
    }

    /// <summary>Takes the acts back, the last one first, as far as they were done and nobody changed the files since.</summary>
    public Released Undo(IFiles files)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var act in Acts.Reverse())
        {
            var (now, wrong) = files.Look(act.Path);
            if (wrong is null && Entry.Same(now, act.Before))
                continue;
            if (wrong is not null || !Entry.Same(now, act.After))
                findings.Add(NotGivenBack(act, wrong ?? "it was changed since"));
            else if (files.Put(act.Path, act.Before) is { } refused && !(act.After!.Kind == EntryKind.Folder && !files.List(act.Path).IsEmpty))
                findings.Add(NotGivenBack(act, refused));
        }
        return new(findings.Count == 0, findings.ToImmutable());
    }

    /// <summary>The folders that a path goes through, the outermost first.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.IndexOf('/', 1); at > 0; at = path.IndexOf('/', at + 1))
            yield return path[..at];
    }

    private static Finding MovedOn(Act act, string? wrong) => Finding.Error("file-moved-on", Place.None, wrong ?? $"{act.Path} is not what it was when this was planned",
        "what was to be done with it was said of what it held then", "run weft adopt again");

    private static Finding NotDone(Act act, string wrong) => Finding.Error("file-not-written", Place.None, wrong, $"{act.Of} cannot let go without it", "mend that, and run it again");

    private static Finding NotGivenBack(Act act, string wrong) => Finding.Error("file-not-given-back", Place.None, $"{act.Path}: {wrong}",
        "Weft overwrites nothing that is not as it left it", act.Before is null ? $"remove {act.Path} by hand, then undo again" : $"put the file back by hand, then undo again; release.json in the state folder has what it held");
}
