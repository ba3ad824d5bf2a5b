// weft(1) in troff with the man macros, made of the commands' own help. What is a word of the command line is bold; hyphens
// that are to be copied are minus signs, and a text can begin no request of troff's.

using System.CommandLine;
using System.Text;

namespace Weft.Cli.Manual;

internal static class ManPage
{
    /// <summary>When what no command says of itself was last written; mandoc wants a date.</summary>
    private const string Date = "2026-11-22";

    private const string Short = "a KVM host\\(aqs network, declared in one file and made so";

    private static readonly (string Name, string Meaning)[] Files =
    [
        ("/var/lib/weft", "What Weft remembers: what is its own, the file that a boot brings up and the one before it, the last changes, and of a change that is not finished the way back. Delete nothing of it; weft forget lets go of links. Of a network namespace other than the machine's own all that is in /run/weft/state, and goes with the boot."),
        ("/var/lib/weft/release.json", "What the files of others held before they let go for Weft; weft adopt --undo gives it back."),
        ("/etc/systemd/system/weft.service", "The unit that brings the network up at boot, from weft install."),
        ("/etc/systemd/network/98-weft.link", "From weft install: udev gives bonds, bridges and VLANs no MACs of its own."),
        ("/run/weft", "The lock that one apply holds, and what it says of itself meanwhile; apart for each network namespace."),
        ("/run/netns", "Network namespaces that --netns knows by name."),
    ];

    private static readonly (string Name, string Meaning)[] Environment =
    [
        ("NO_COLOR", "Where it is set to anything, output has no colours."),
        ("TERM", "Where it is unset or dumb, output has no colours."),
    ];

    private static readonly (string Command, string Meaning)[] Examples =
    [
        ("weft check host.yaml", "every mistake in the file at once, each with its place, why and mend"),
        ("weft lab run host.yaml -- weft show", "the host, made and thrown away in a lab"),
        ("weft plan host.yaml", "the steps that apply would take here, and whom they disturb"),
        ("weft apply host.yaml", "the same, done, read back, and undone where the kernel refuses"),
        ("weft adopt --out host.yaml", "this running host as a host file, who manages it now, and how they would let go"),
        ("weft show --capacity --from host.yaml", "what each network of a file could carry, and what is left of that after a failure"),
        ("weft flows host.yaml --pcap bond0.pcap", "which port each recorded packet takes, under each hash policy"),
        ("weft show --svg >host.svg", "a picture of this host for a browser"),
        ("weft show --dot bond0 | dot -Tpdf >bond0.pdf", "everything that stands on bond0, laid out by Graphviz"),
        ("weft completion bash >/etc/bash_completion.d/weft", "completion for every user of bash"),
    ];

    public static string Of(RootCommand root, string version)
    {
        var page = HelpPage.Of(root);
        var text = new StringBuilder();
        text.Append($".TH WEFT 1 \"{Date}\" \"weft {version}\" \"User Commands\"\n.SH NAME\nweft \\- {Short}\n");
        text.Append(".SH SYNOPSIS\n");
        text.AppendJoin(".br\n", Leaves(root).SelectMany(command => HelpPage.Of(command).Usages.Select(usage => Usage(usage, HelpPage.PathOf(command)))));
        text.Append(".SH DESCRIPTION\n").Append(Filled("Weft reads a host file in YAML, checks it, plans the steps from the host as it is to the host as declared, sends them to the kernel over netlink, and reads back. What was not declared is left alone.")).Append('\n');
        text.Append(".SH COMMANDS\n");
        foreach (var command in Leaves(root))
            Command(text, HelpPage.Of(command));
        text.Append(".SH OPTIONS\n").Append(Filled("Every command takes these; where the output is another command's, or a text of its own kind, there is no --json.")).Append('\n');
        Rows(text, page.Shared.Rows);
        text.Append(".SH \"EXIT STATUS\"\n");
        Codes(text, page.Codes);
        text.Append(".SH ENVIRONMENT\n");
        Rows(text, Environment);
        text.Append(".SH FILES\n");
        Rows(text, Files);
        text.Append(".SH EXAMPLES\n");
        Rows(text, Examples);
        return text.Append(".SH \"SEE ALSO\"\n.BR ip (8),\n.BR bridge (8),\n.BR ip\\-netns (8)\n").ToString();
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        HelpPage.Shown(command).SelectMany(sub => HelpPage.Shown(sub).Any() ? Leaves(sub) : [sub]);

    private static void Command(StringBuilder text, HelpPage page)
    {
        text.Append($".SS \"{Text(page.Path)}\"\n{Filled(page.Description)}\n");
        foreach (var table in page.Own)
            Rows(text, table.Rows);
        // The exit codes of a command of its own kind are told with it; the others are told once.
        if (page.Shared.Rows.All(row => row.Word != "--json"))
        {
            text.Append(".PP\nIts exit codes:\n");
            Codes(text, page.Codes);
        }
    }

    private static string Usage(string usage, string path) => $".B {Text(path)}\n" + (usage.Length > path.Length ? $"{Text(usage[path.Length..].Trim())}\n" : "");

    private static void Rows(StringBuilder text, IEnumerable<(string Word, string Meaning)> rows)
    {
        foreach (var (word, meaning) in rows)
            text.Append($".TP\n.B {Text(word)}\n{Filled(meaning)}\n");
    }

    /// <summary>Lines of a code and its meaning, two blanks between; a line of another form is a sentence.</summary>
    private static void Codes(StringBuilder text, string codes)
    {
        foreach (var line in codes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == ' ').Select(line => line.Trim()))
        {
            var gap = line.IndexOf("  ", StringComparison.Ordinal);
            text.Append(gap > 0 ? $".TP\n.B {Text(line[..gap])}\n{Filled(line[gap..])}\n" : $".PP\n{Filled(line)}\n");
        }
    }

    /// <summary>Lines of source that are short enough for a person to read; troff fills them anew.</summary>
    private static string Filled(string text)
    {
        var filled = new StringBuilder();
        var width = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var safe = Text(word);
            var breaks = width > 0 && width + 1 + safe.Length > 76;
            filled.Append(width == 0 ? "" : breaks ? "\n" : " ").Append(safe);
            width = breaks || width == 0 ? safe.Length : width + 1 + safe.Length;
        }
        return filled.ToString();
    }

    /// <summary>A backslash is `\e`, a hyphen `\-`, an apostrophe `\(aq`, quotes `\(dq`; a line never begins with a dot.</summary>
    private static string Text(string text)
    {
        var safe = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal).Replace("\"", "\\(dq", StringComparison.Ordinal);
        return safe.StartsWith('.') ? "\\&" + safe : safe;
    }
}
