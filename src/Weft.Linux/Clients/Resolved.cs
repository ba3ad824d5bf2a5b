// systemd-resolved: it keeps name servers link by link, and forgets them with the link. A small file for each link says what Weft
// set there and what was set before, for resolved does not tell who set what. Another network namespace has names of its own,
// which neither it nor /etc/resolv.conf is.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Resolving;
using Weft.Text;

namespace Weft.Linux.Clients;

/// <summary>Names by resolvectl.</summary>
/// <param name="folder">Where its files are.</param>
public sealed class Resolved(string folder) : INames
{
    /// <summary>How this machine keeps names.</summary>
    /// <param name="runtime">The runtime folder.</param>
    public static INames OfThisMachine(string runtime) =>
        !NetworkNamespace.IsInitial() ? new Elsewhere()
        : new InTurn(Directory.Exists("/run/systemd/resolve") && Programs.Find("resolvectl") is not null ? new Resolved(Path.Combine(runtime, "names")) : new ResolvConf(new LinuxFiles("")), runtime);

    public Finding? Unfit => null;

    public IReadOnlyList<(string Link, Settings Names)> All()
    {
        try
        {
            return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(link => !link.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(link => (link, Own(link))).Where(one => one.Item2 is not null).Select(one => (one.link, one.Item2!))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public Refusal? Set(string link, Settings wish) => Change(link, held => held with { Own = wish });

    public Refusal? Lease(string link, Settings names) => Change(link, held => held with { Leased = NameLines.Of(NameLines.Words(names, NameLines.Dns).Select(Unscoped), NameLines.Words(names, NameLines.Search)) });

    /// <summary>What is set for a link and what was set before, as its file says.</summary>
    private sealed record State(Settings Before, Settings Own, Settings Leased)
    {
        public bool IsNothing => Own.Count == 0 && Leased.Count == 0;
    }

    private Refusal? Change(string link, Func<State, State> change)
    {
        try
        {
            var held = Read(link);
            var wanted = change(held ?? new(Settings.Empty, Settings.Empty, Settings.Empty));
            if (held is null && wanted.IsNothing)
                return null;
            if (wanted.IsNothing)
            {
                if ((wanted.Before.Count == 0 ? Programs.Call("resolvectl", ["revert", link]).Wrong : Say(link, wanted.Before)) is { } stays)
                    return new("resolved", stays);
                File.Delete(Path.Combine(folder, link));
                return null;
            }
            if (held is null)
                wanted = wanted with { Before = Told(link) };
            Directory.CreateDirectory(folder, Programs.Readable);
            File.WriteAllLines(Path.Combine(folder, link + ".new"), [Programs.Decimal(LinkIndex.Of(link)), .. from names in new[] { wanted.Before, wanted.Own, wanted.Leased } from line in NameLines.All select string.Join(' ', NameLines.Words(names, line))]);
            File.Move(Path.Combine(folder, link + ".new"), Path.Combine(folder, link), overwrite: true);
            return Say(link, NameLines.Holds(wanted.Own, wanted.Leased)) is { } wrong ? new("resolved", wrong) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return new("EIO", $"the name servers of {link} could not be set: {e.Message}");
        }
    }

    /// <summary>Null where Weft set nothing, or another link of that name had it.</summary>
    private State? Read(string link)
    {
        var path = Path.Combine(folder, link);
        if (!File.Exists(path) || File.ReadAllLines(path) is not { Length: >= 3 } lines || lines[0] != Programs.Decimal(LinkIndex.Of(link)))
            return null;
        Settings At(int line) => NameLines.Of(Split(lines.ElementAtOrDefault(line) ?? ""), Split(lines.ElementAtOrDefault(line + 1) ?? ""));
        return new(At(1), lines.Length < 7 ? Told(link) : At(3), At(5));
    }

    /// <summary>What is set for a link beyond what its client got. What resolved says now counts; a link that was made anew has lost it.</summary>
    private Settings? Own(string link) =>
        Read(link) is not { } held ? null
        : Told(link).Where(line => held.Own.Has(line)).With(Told(link) is var told ? told.Where(line => !held.Own.Has(line) && told.ValueOf(line) != held.Leased.ValueOf(line)) : Settings.Empty) is { } own && (own.Count > 0 || held.Own.Count > 0) ? own : null;

    private static string? Say(string link, Settings wish) =>
        Programs.Call("resolvectl", ["dns", link, .. Words(wish, NameLines.Dns)]).Wrong ?? Programs.Call("resolvectl", ["domain", link, .. Words(wish, NameLines.Search)]).Wrong;

    /// <summary>An empty word takes what is there away; without a word it would be printed.</summary>
    private static IEnumerable<string> Words(Settings wish, Model.Attributes.Attribute line) => NameLines.Words(wish, line).DefaultIfEmpty("");

    /// <summary>`Link 2 (eth0): 192.0.2.1 2001:db8::1`.</summary>
    private static Settings Told(string link) => NameLines.Of(Behind(Programs.Call("resolvectl", ["dns", link]).Output).Select(Unscoped), Behind(Programs.Call("resolvectl", ["domain", link]).Output));

    /// <summary>Servers are a link's here, so of a link-local one it need not be said which.</summary>
    private static string Unscoped(string server) => server.Split('%')[0];

    private static string[] Behind(string output) => Split(output.Split("): ", 2) is [_, var rest] ? rest : "");

    private static string[] Split(string text) => text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private sealed class Elsewhere : INames
    {
        public Finding? Unfit { get; } = Finding.Advice("names-elsewhere", Place.None, "dns and search are left alone in a network namespace that is not the machine's own",
            "its programs read /etc/netns/NAME/resolv.conf, and the machine's own file is not theirs", "write that file yourself, if anybody looks up names there");

        public IReadOnlyList<(string Link, Settings Names)> All() => [];

        public Refusal? Set(string link, Settings wish) => new("EOPNOTSUPP", "names are not kept in this network namespace");

        public Refusal? Lease(string link, Settings names) => null;
    }
}
