// weft adopt: takes a running host over. Without --apply it only looks: the host file that means the same, who manages the
// host now, and how they let go. Nothing is ever sent to the kernel: a plan that would send is refused.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Show;
using Weft.Takeover;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class AdoptCommand
{
    /// <summary>What is asked for.</summary>
    private sealed record Asked(string? Out, string Root, string[] Forced);

    public static Command Make(Global global)
    {
        var to = new Option<string?>("--out") { Description = "Write the host file to FILE, and print only the rest", HelpName = "FILE" };
        var apply = new Option<bool>("--apply") { Description = "Take it over: the links are Weft's, and who manages them now lets go; needs --out" };
        var undo = new Option<bool>("--undo") { Description = "Give back to who let go: every file as it was" };
        var root = OtherRoot.Make();
        var force = Words.Force();
        force.CompletionSources.Add([.. Adoption.Forcible]);
        var command = new Command("adopt", "Take this host over as it runs: its host file, who manages it now, and how they let go") { to, apply, undo, root, force };
        var excludes = new Excludes(
            (undo, apply, null), (undo, to, "what is given back is other programs' files"),
            (global.Netns, root, "a root has one namespace"), (global.Netns, apply, Netns), (global.Netns, undo, Netns));
        command.SetAction(global.Then((voice, words) =>
        {
            var (folder, wrong) = OtherRoot.Of(words.GetValue(root));
            var asked = new Asked(words.GetValue(to), folder, words.GetValue(force) ?? []);
            wrong ??= excludes.In(words) ?? (words.GetValue(apply) && string.IsNullOrEmpty(asked.Out) ? "weft adopt --apply needs --out FILE: from then on the host file is what you change; see weft adopt --help" : null);
            return wrong is not null ? Voice.Usage(wrong) : Words.IsUnknown(asked.Forced, Adoption.Forcible) ? Exit.Usage : words.GetValue(undo) ? Undo(voice, folder) : words.GetValue(apply) ? Apply(voice, asked) : Look(voice, asked);
        }));
        return command;
    }

    private const string Netns = "the files of who manages links are about the machine's own";

    private static int Look(Voice voice, Asked asked)
    {
        var (adoption, ignored) = Found(voice, asked);
        // What speaks against letting go speaks against no file.
        ImmutableArray<Finding> findings = [.. adoption.Findings, .. ignored, .. Force.Rules(adoption.Obstacles, [.. adoption.Obstacles.Select(finding => finding.Rule)])];
        if (adoption.Text.Length == 0)
            return End(voice, "refused", adoption, findings, Exit.Refused);
        if (asked.Out is not null && Written(asked.Out, adoption.Text) is { } wrong)
            return Voice.Refuse(wrong);
        return End(voice, "found", adoption, findings, Exit.Of(findings), asked.Out is null ? adoption.Text + AdoptionText.Comments(adoption) : null);
    }

    private static int Apply(Voice voice, Asked asked)
    {
        var (held, why) = Alone.Take("adopt", links: false, settled: true);
        using var hold = held;
        if (why is not null)
            return voice.Refuse(why);
        var state = OtherRoot.State(asked.Root);
        var (before, unreadable) = ReleaseFile.Read(state);
        if (before is null)
            return Voice.Refuse($"what was released before cannot be read: {unreadable}; give those files back by hand, remove it, then adopt again");
        var (adoption, ignored) = Found(voice, asked);
        ImmutableArray<Finding> findings = [.. adoption.Findings, .. ignored, .. Force.Rules(adoption.Obstacles, asked.Forced)];
        if (adoption.Drawing is not { } drawing || !drawing.Plan.IsEmpty || Exit.Of(findings) != Exit.Done)
            return End(voice, "refused", adoption, findings, adoption.Text.Length == 0 ? Exit.Refused : Exit.Findings);
        if (Written(asked.Out!, adoption.Text) is { } notWritten)
            return Voice.Refuse(notWritten);
        using var kernel = Machine.Kernel();
        using var signals = new Signals();
        var (outcome, notBegun) = Transaction.Make(drawing, new Errand(Machine.Who()) { Source = adoption.Text }, Machine.State(), kernel, TimeProvider.System, new Timings());
        if (outcome?.Ending is not (Ending.Adopted or Ending.Unchanged))
            return End(voice, "refused", adoption, [.. findings, .. outcome?.Findings ?? [notBegun!]], Exit.Refused);
        // Without the ledger a later apply would not know these links as its own, and without the good file a boot would bring up none of
        // them: too little to let the others go on.
        if (outcome.Findings.Any(finding => finding.Rule is "ledger-not-written" or "good-not-written"))
            return End(voice, "refused", adoption, [.. findings, .. outcome.Findings], Exit.Refused);
        return LetGo(voice, adoption, [.. findings, .. outcome.Findings.Except(findings)], before, state, asked.Root);
    }

    /// <summary>The links are Weft's already; now the others let go, all of them or none.</summary>
    private static int LetGo(Voice voice, Adoption adoption, ImmutableArray<Finding> findings, Release before, IDisk state, string root)
    {
        var release = adoption.Release;
        if (release.Acts.IsEmpty)
            return End(voice, "adopted", adoption, findings, Exit.Done);
        if (ReleaseFile.Write(state, new([.. before.Acts, .. release.Acts])) is { } wrong)
            return Voice.Refuse($"{wrong}; the links are Weft's, and nobody has let go of them: mend that, then adopt again");
        var done = release.Carry(OtherRoot.Files(root));
        if (!done.Done && !done.IsHalfWay)
            ReleaseFile.Write(state, before);
        if (done.Done && Systemd.Reload(root) is { } deaf)
            findings = findings.Add(Finding.Warning("systemd-not-told", Place.None, deaf, "until then systemd knows the units as they were", "run systemctl daemon-reload"));
        return End(voice, done.Done ? "adopted" : done.IsHalfWay ? "undo_unfinished" : "rolled_back", adoption, [.. findings, .. done.Findings], done.Done ? Exit.Done : done.IsHalfWay ? Exit.Stuck : Exit.Undone);
    }

    private static int Undo(Voice voice, string root)
    {
        var (held, why) = Alone.Take("adopt --undo", links: false, settled: false);
        using var hold = held;
        if (why is not null)
            return voice.Refuse(why);
        var state = OtherRoot.State(root);
        var (release, unreadable) = ReleaseFile.Read(state);
        if (release is null)
            return Voice.Refuse($"what was released cannot be read, so nothing is given back: {unreadable}");
        using var signals = new Signals();
        var back = release.Undo(OtherRoot.Files(root));
        var findings = back.Findings;
        if (back.Done && ReleaseFile.Write(state, Release.None) is { } kept)
            findings = findings.Add(Finding.Warning("release-kept", Place.None, kept, "everything is given back, and the record of it is still there", "remove it by hand"));
        if (back.Done && !release.Acts.IsEmpty && Systemd.Reload(root) is { } deaf)
            findings = findings.Add(Finding.Warning("systemd-not-told", Place.None, deaf, "until then systemd knows the units as they were", "run systemctl daemon-reload"));
        var outcome = !back.Done ? "undo_unfinished" : release.Acts.IsEmpty ? "nothing" : "given_back";
        return Voice.Afterwards(back.Done ? Exit.Done : Exit.Stuck, () =>
        {
            if (voice.Json)
            {
                Voice.Document(to => AdoptionText.WriteJson(to, outcome, release.Acts, findings));
                return;
            }
            voice.Tell(findings);
            voice.Say(outcome switch
            {
                "nothing" => Line.Of("Nothing to give back: nobody let go of anything."),
                "given_back" => Line.Of("Given back: every file is as it was. The links are Weft's too until weft forget; weft install --remove has Weft not start with the host.", Tone.Good),
                _ => Line.Of("Not everything could be given back: the findings say what is left.", Tone.Bad),
            });
        });
    }

    private static (Adoption Adoption, Finding[] Ignored) Found(Voice voice, Asked asked)
    {
        var (ledger, ignored) = LedgerFile.Read(Machine.State());
        var name = asked.Out ?? "host.yaml";
        using var kernel = Machine.Kernel();
        var adoption = voice.Working("reading this host", () => Adoption.Of(kernel, ledger, OtherRoot.Files(asked.Root), name));
        voice.Knows(new Source(name, adoption.Text));
        var blind = Environment.IsPrivilegedProcess ? null : Finding.Warning("not-permitted", Place.None, "this is not root: of who manages links, only the files that everybody may read were looked at",
            "profiles of NetworkManager, for one, are root's alone", "run it as root");
        return (adoption, [.. new[] { ignored, blind }.OfType<Finding>()]);
    }

    /// <summary>Writes the host file where there is none yet; returns why not, null also where the same stands there already.</summary>
    private static string? Written(string path, string text)
    {
        try
        {
            if (File.Exists(path))
                return Input.Read(path).Text == text ? null : $"{Quote.Clean(path)} is there already, and says something else: name another file, or move it away";
            File.WriteAllText(path, text);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{Quote.Clean(path)} could not be written: {e.Message}";
        }
    }

    private static int End(Voice voice, string outcome, Adoption adoption, ImmutableArray<Finding> findings, int code, string? file = null) => Voice.Afterwards(code, () =>
    {
        if (voice.Json)
        {
            Voice.Document(to => AdoptionText.WriteJson(to, outcome, adoption, findings));
            return;
        }
        voice.Tell(findings);
        if (file is not null)
            Voice.Out(file);
        else if (adoption.Text.Length > 0 && !voice.Quiet)
            voice.Say(AdoptionText.Of(adoption));
        if (outcome is not "found")
            voice.Say(outcome switch
            {
                "adopted" => Line.Of("Adopted: the links are Weft's, nothing was sent to the kernel; weft adopt --undo gives the files back.", Tone.Good),
                "refused" => Line.Of("Refused: nothing was changed.", Tone.Bad),
                "rolled_back" => Line.Of("The links are Weft's, but nobody has let go: the files are as they were.", Tone.Bad),
                _ => Line.Of("Files are left half way: the findings say which; weft adopt --undo tries again.", Tone.Bad),
            });
    });
}
