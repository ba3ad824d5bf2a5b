// What every reader of this room looks at: the machine's files, the links that are there, and those that the host file will
// name. Files that cannot be read are findings, collected here, because half a picture of who manages a host is a danger.

using System.Collections.Immutable;
using System.Text;
using Weft.Model;
using Weft.Text;

namespace Weft.Takeover;

/// <summary>A host in the eyes of the readers.</summary>
/// <param name="files">The machine's files.</param>
/// <param name="now">The links as observed.</param>
/// <param name="ours">The links that the host file names, by the kernel's names.</param>
internal sealed class Survey(IFiles files, Host now, ImmutableArray<string> ours)
{
    private readonly List<Finding> findings = [];

    public IFiles Files => files;
    public Host Now => now;
    public ImmutableArray<string> Ours => ours;
    public ImmutableArray<Finding> Unread => [.. findings];

    /// <summary>
    /// The file's text with a character for each byte, so that it can be written back to the byte; null where there is none, or it
    /// cannot be read.
    /// </summary>
    public string? Read(string path)
    {
        var (content, wrong) = files.Read(path);
        if (wrong is not null && !findings.Exists(finding => finding.Place.File == path))
            findings.Add(Finding.Error("file-unreadable", new Place(path, 0, 0), $"{path}: {wrong}", "it may say that another program manages links here", "mend it, or run as who may read it"));
        return content is { } bytes ? Encoding.Latin1.GetString(bytes.AsSpan()) : null;
    }

    /// <summary>Full paths of the files of these folders that end so; of two that have one name, only that of the earlier folder.</summary>
    public IEnumerable<string> In(string ending, params string[] folders) => folders
        .SelectMany(folder => files.List(folder).Where(name => name.EndsWith(ending, StringComparison.Ordinal) && name[0] != '.').Select(name => $"{folder}/{name}"))
        .DistinctBy(Act.NameOf).OrderBy(Act.NameOf, StringComparer.Ordinal);

    public bool Exists(string path) => files.Look(path) is { Entry: not null } or { Wrong: not null };

    /// <summary>Whether systemd starts the unit with the host: some target wants it, and it is not masked.</summary>
    public bool IsEnabled(string unit)
    {
        const string Units = "/etc/systemd/system";
        return files.Look($"{Units}/{unit}").Entry is not { Kind: EntryKind.Link, Text: "/dev/null" }
            && files.List(Units).Where(name => name.EndsWith(".wants", StringComparison.Ordinal) || name.EndsWith(".requires", StringComparison.Ordinal)).Any(target => Exists($"{Units}/{target}/{unit}"));
    }

    /// <summary>The name of the link of this index, as programs name their files of state.</summary>
    public string? ByIndex(string index) => now.Links.FirstOrDefault(link => link.State is { } state && state.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) == index)?.Name.Value;

    public Link? ByMac(string mac) => now.Of(LinkKind.Nic).FirstOrDefault(link => string.Equals(link.State?.IdentityMac, mac, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those of our links whose names every program's files can hold as they are.</summary>
    public IEnumerable<string> Sayable => ours.Where(IsPlain);

    /// <summary>Findings about the others, for a program that is to be told their names.</summary>
    public IEnumerable<Finding> Unsayable(string of) => ours.Where(name => !IsPlain(name)).Select(name => Finding.Error("link-name-odd", Place.None,
        $"the link {Quote.Of(name)} cannot be named in the files of {of}", $"{of} would take its name for a pattern, or for two, and keep the link", $"take it from {of} by hand, and use --force link-name-odd"));

    /// <summary>An act that writes a file of ours; none where it is there already. What somebody else put there is an error.</summary>
    public (Act? Act, Finding? Wrong) Written(string path, string text, string of, string why)
    {
        var (there, wrong) = files.Look(path);
        var wish = Entry.File(text);
        if (wrong is not null || (there is not null && (there.Kind != EntryKind.File || !there.Text.StartsWith(Mark, StringComparison.Ordinal))))
            return (null, Finding.Error("file-not-ours", new Place(path, 0, 0), wrong ?? $"{path} is there already, and Weft did not write it", $"{of} would be told by it to let go", "move it away, then adopt again"));
        return wish.Matches(there) ? (null, null) : (new(path, there, wish, of, why), null);
    }

    /// <summary>The acts that move a file aside, to where its program does not look.</summary>
    public IEnumerable<Act> Aside(string path, string aside, string of, string why)
    {
        if (files.Look(path).Entry is not { } there)
            yield break;
        if (files.Look(aside).Entry is not { } beside || !beside.Matches(there))
            yield return new(aside, files.Look(aside).Entry, there, of, $"it keeps what {path} said");
        yield return new(path, there, null, of, why);
    }

    /// <summary>The first line of every file that is Weft's.</summary>
    public const string Mark = "# Written by weft ";

    public const string Heading = Mark + "adopt; weft adopt --undo takes it away.\n";

    private static bool IsPlain(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@');
}
