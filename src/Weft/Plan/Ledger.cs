// What Weft remembers between applies: the file that was applied last, and which links of this life of the namespace it
// declared. A link is known by epoch (boot and namespace) and ifindex, so one of the same name that somebody made since is
// not ours. Deleted or unreadable, the ledger is empty, and then nothing is owned.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

/// <summary>A link that an applied file declared.</summary>
public sealed record OwnedLink(string Name, int Index, string Kind);

/// <summary>The memory of the last apply.</summary>
public sealed record Ledger
{
    public static readonly Ledger Empty = new();

    /// <summary>The file that was applied last, with the kernel's names in place of labels.</summary>
    public Host Last { get; init; } = Host.Empty;

    /// <summary>The name of the change that made it final; a journal of that name is done with. Empty where no change sent anything yet.</summary>
    public string Change { get; init; } = "";

    /// <summary>The life of the namespace in which <see cref="Links"/> holds.</summary>
    public string Epoch { get; init; } = "";

    public ImmutableArray<OwnedLink> Links
    {
        get => links;
        init => (links, owned) = (value, [.. value]);
    }

    /// <summary>The NICs, and settings of the whole host, as they were when first declared in this epoch: what they go back to.</summary>
    public Host Firsts { get; init; } = Host.Empty;

    /// <summary>This ledger as far as it holds for what is observed now: in another epoch nothing is owned.</summary>
    public Ledger For(Observation now) => now.Epoch == Epoch ? this : Empty with { Epoch = now.Epoch };

    /// <summary>
    /// The last file without the links that are not ours any more: one of the same name that somebody made since is his, and what the
    /// file said of ours says nothing of it.
    /// </summary>
    public Host Mine(Host now) =>
        Last.Links.All(link => IsMine(link, now)) ? Last : Last with { Links = [.. Last.Links.Where(link => IsMine(link, now))] };

    private bool IsMine(Link link, Host now) => now.Find(link.Name.Value) is not { } there || Owns(there);

    /// <summary>This ledger without a link and everything the file said of it; null where it is none of ours. What is there stays as it is.</summary>
    public Ledger? Forget(string name) => Last.Find(name) is null && !Links.Any(link => link.Name == name) ? null : this with
    {
        Links = [.. Links.Where(link => link.Name != name)],
        Last = Last with
        {
            Links = [.. Last.Links.Where(link => link.Name.Value != name).Select(link => link with { Ports = [.. link.Ports.Where(port => port.Name.Value != name)] })],
            Routes = [.. Last.Routes.Where(route => !route.Uses(name))],
        },
    };

    public bool Owns(Link observed) =>
        observed.State is { } state && owned.Contains(new(observed.Name.Value, state.Index, observed.Kind.Word));

    private readonly ImmutableArray<OwnedLink> links = [];
    private readonly HashSet<OwnedLink> owned = [];

    /// <summary>The ledger after a file was applied and verified.</summary>
    public Ledger After(Host applied, Host now) => this with
    {
        Last = applied,
        Links =
        [
            .. applied.Links.Select(link => now.Find(link.Name.Value)).OfType<Link>()
                .Where(link => link.State is not null).Select(link => new OwnedLink(link.Name.Value, link.State!.Index, link.Kind.Word)),
        ],
    };

    /// <summary>Remembers how NICs and settings of the whole host are before anything is changed.</summary>
    public Ledger Meeting(Host next, Host now) => this with
    {
        Firsts = Firsts with
        {
            Sysctls = now.Sysctls.Where(next.Sysctls.Has).With(Firsts.Sysctls),
            Links =
            [
                .. Firsts.Links.Select(first => Again(first, next.Find(first.Name.Value), Last.Find(first.Name.Value), now.Find(first.Name.Value))),
                .. next.Of(LinkKind.Nic).Select(nic => nic.Name.Value).Where(nic => Firsts.Find(nic) is null)
                    .Select(now.Find).OfType<Link>().Select(Keep),
            ],
        },
    };

    /// <summary>What a NIC gets back where a file begins only now to say it is what it has now, whatever it had when it was met.</summary>
    private static Link Again(Link first, Link? said, Link? before, Link? there)
    {
        var begun = said is null || there is null ? Settings.Empty
            : there.Settings.Where(line => Begins(line, said.Settings, before?.Settings ?? Settings.Empty) && IsAsFound(line) && first.Settings.ValueOf(line) != there.Settings.ValueOf(line));
        return begun.Count == 0 ? first : first with { Settings = first.Settings.With(MarkLines.Sayable(begun)) };
    }

    private static bool Begins(Attribute line, Settings said, Settings before) =>
        NicLines.Talking.Contains(line) ? NicLines.Talking.Any(said.Has) && !NicLines.Talking.Any(before.Has) : said.Has(line) && !before.Has(line);

    /// <summary>Attributes that go back to what was found.</summary>
    private static bool IsAsFound(Attribute line) => line == MarkLines.Alias || line == MarkLines.Txqueuelen || line.Home == Home.Hardware;

    private static Link Keep(Link nic) => new(nic.Name, nic.Kind)
    {
        Settings = MarkLines.Sayable(nic.State?.IdentityMac is { } mac ? nic.Settings.With(Table.Mac, Value.Of(mac)) : nic.Settings).Without(MarkLines.Altnames), // Not the one that a bond lent it.
    };
}
