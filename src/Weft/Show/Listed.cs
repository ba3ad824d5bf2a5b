// Which observed links a host file of this host names. Every bond, bridge and VLAN that a file could have made; every NIC that
// does something; a link of another kind only where the stack stands on it.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Show;

internal sealed class Listed(Host now, Ledger ledger)
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public ImmutableHashSet<string> Names()
    {
        foreach (var link in now.Links.Where(Declared))
            Take(link);
        foreach (var nic in now.Of(LinkKind.Nic).Where(Matters))
            Take(nic);
        foreach (var link in now.Links.Where(link => link.Kind != LinkKind.Nic && link.Kind != LinkKind.Vlan && !Declared(link) && ledger.Owns(link)))
            Take(link);
        return names.ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>A VLAN whose lower link is in another namespace is nothing that a file can say.</summary>
    private bool Declared(Link link) =>
        link.Kind.HasPorts
        || (link.Kind == LinkKind.Vlan && link.State?.PeerElsewhere != true && link.Lower is { Length: > 0 } lower && lower != "lo" && now.Find(lower) is { } there
            && (there.Kind != LinkKind.Vlan || Declared(there)));

    private bool Matters(Link nic) => !Foreign.IsGuests(nic, now, ledger) && (
        ledger.Last.Find(nic.Name.Value) is not null || nic.Settings.Flag(Table.Up) == true || !nic.Addresses.IsEmpty || nic.State?.Master is not null);

    private void Take(Link link)
    {
        if (link.Name.Value == "lo" || !names.Add(link.Name.Value))
            return;
        foreach (var lower in link.Lowers.Select(lower => now.Find(lower.Value)).OfType<Link>())
            if (link.Kind != LinkKind.Bridge || Declared(lower) || lower.Kind == LinkKind.Vxlan || (lower.Kind == LinkKind.Nic && !Foreign.IsGuests(lower, now, ledger)))
                Take(lower);
    }
}
