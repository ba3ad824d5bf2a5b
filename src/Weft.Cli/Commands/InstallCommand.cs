// weft install: the unit that brings the network up at boot, the .link file against udev's MACs, completion and man page, each
// in its place; and with --remove, exactly those away.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Cli.Completion;
using Weft.Cli.Manual;
using Weft.Install;
using Weft.Show;
using Weft.Takeover;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class InstallCommand
{
    public static Command Make(Global global)
    {
        var remove = new Option<bool>("--remove") { Description = "Take away what install put there" };
        var root = OtherRoot.Make();
        var command = new Command("install", "Have the network come up at boot: put unit, .link file, completion and man page in place") { remove, root };
        command.SetAction(global.Then((voice, words) =>
        {
            var (folder, wrong) = OtherRoot.Of(words.GetValue(root));
            if (wrong is not null)
                return Voice.Usage(wrong);
            if (Environment.ProcessPath is not { } executable || !BootUnit.IsSayable(executable))
                return Voice.Refuse($"the path of this program, {Quote.Of(Environment.ProcessPath ?? "")}, cannot stand in a unit: move it to /usr/local/sbin/weft and run it from there");
            var dotnet = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } said && BootUnit.IsSayable(said) ? said : null;
            var pieces = Pieces((RootCommand)words.RootCommandResult.Command, executable, dotnet);
            return words.GetValue(remove) ? Remove(voice, pieces, folder) : Install(voice, pieces, folder, executable);
        }));
        return command;
    }

    private static ImmutableArray<Piece> Pieces(RootCommand root, string executable, string? dotnet) =>
    [
        .. BootUnit.Pieces(executable, dotnet),
        MacPolicy.Piece(),
        Piece.File("/usr/local/share/bash-completion/completions/weft", Scripts.Of("bash")!, "# bash completion for weft."),
        Piece.File("/usr/local/share/zsh/site-functions/_weft", Scripts.Of("zsh")!, "# zsh completion for weft."),
        Piece.File("/etc/fish/completions/weft.fish", Scripts.Of("fish")!, "# fish completion for weft."),
        Piece.File("/usr/local/share/man/man1/weft.1", ManPage.Of(root, VersionCommand.Number), ".TH WEFT 1 "),
    ];

    private static int Install(Voice voice, ImmutableArray<Piece> pieces, string root, string executable)
    {
        var findings = executable.StartsWith("/usr/", StringComparison.Ordinal) || executable.StartsWith("/opt/", StringComparison.Ordinal) ? ImmutableArray<Finding>.Empty
            : [Finding.Advice("install-place", Place.None, $"the unit runs {executable}", "a program outside of /usr and /opt is easily moved or deleted, and then no network comes up at boot", "move it to /usr/local/sbin/weft, and install again from there")];
        return Carry(voice, Installation.Of(pieces, OtherRoot.Files(root)), findings, root, "installed");
    }

    private static int Remove(Voice voice, ImmutableArray<Piece> pieces, string root)
    {
        // Who let go for Weft does not start with the host any more.
        var (released, wrong) = ReleaseFile.Read(OtherRoot.State(root));
        if (released is null || !released.Acts.IsEmpty)
            return Voice.Refuse(wrong ?? "another program let go of this host's links for Weft, and without Weft's unit nobody would bring them up at boot; run weft adopt --undo first");
        return Carry(voice, Installation.Removal(pieces, OtherRoot.Files(root)), [], root, "removed");
    }

    private static int Carry(Voice voice, Installation wanted, ImmutableArray<Finding> more, string root, string outcome)
    {
        var findings = wanted.Findings.AddRange(more);
        var refused = Exit.Of(findings) != Exit.Done;
        if (!refused && wanted.Release.Carry(OtherRoot.Files(root)) is { Done: false } failed)
            (refused, findings) = (true, findings.AddRange(failed.Findings));
        if (!refused && !wanted.Release.Acts.IsEmpty && Systemd.Reload(root) is { } wrong)
            findings = findings.Add(Finding.Warning("systemd-not-told", Place.None, wrong, "until then systemd knows the units as they were", "run systemctl daemon-reload"));
        var acts = refused ? [] : wanted.Release.Acts;
        return Voice.Afterwards(refused ? Exit.Refused : Exit.Done, () =>
        {
            if (voice.Json)
            {
                Voice.Document(to => AdoptionText.WriteJson(to, refused ? "refused" : acts.IsEmpty ? "unchanged" : outcome, acts, findings));
                return;
            }
            voice.Tell(findings);
            if (refused)
                voice.Say(Line.Of("Refused: nothing was written.", Tone.Bad));
            else if (!voice.Quiet)
                voice.Say([.. acts.Where(act => act.After?.Kind != EntryKind.Folder).Select(Of), Line.Of(acts.IsEmpty ? "Nothing to do: everything is as it should be." : outcome == "installed" ? "Installed: at boot the network comes up as the last confirmed host file says." : "Removed.", acts.IsEmpty ? Tone.Plain : Tone.Good)]);
        });
    }

    private static Line Of(Act act) => new([new(act.After is null ? "removed  " : act.Before is null ? "wrote    " : "replaced "), new(act.Path, Tone.Name)]);
}
