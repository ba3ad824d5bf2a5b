// The other end of the cables where a file does not say: one switch that does what each bond's mode needs, carries every VLAN of
// the file tagged and VLAN 1 untagged, and answers at the gateways and ARP targets of the file, so that monitoring and
// probes find what they would find in a proper network. Its name and addresses are nobody else's: a gateway that is itself a host or guest
// of the files answers for itself.
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Topology;

public static class AssumedSwitch
{
    private const string Usual = "switch";
    private const long Untagged = 1;

    /// <summary>A name that no host, switch or guest has.</summary>
    public static string Name(IEnumerable<string> taken)
    {
        var others = taken.ToHashSet(StringComparer.Ordinal);
        var name = Usual;
        for (var number = 2; others.Contains(name); number++) name = $"{Usual}-{number}";
        return name;
    }

    /// <summary>The port's part: VLANs, and the group that the bond's mode wants (802.3ad: LACP; modes 0, 2, 3: static).</summary>
    public static Cord Fit(Cord cord, IReadOnlyList<string> vlans)
    {
        var bond = cord.Host.Host.Of(LinkKind.Bond).FirstOrDefault(link => link.Ports.Any(port => port.Name.Value == cord.Label));
        var lacp = bond is null ? null : bond.Settings.Word(BondLines.Mode) switch
        {
            BondLines.Lacp => "active",
            null or BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast => "static",
            _ => null,
        };
        return cord with { Tagged = vlans, Native = Untagged, Group = lacp is null ? null : $"{bond!.Name}@{cord.Host.Name}", Lacp = lacp ?? "active" };
    }

    /// <summary>Gives the switch every address that the host wants to hear from.</summary>
    public static void Answer(Box box, NamedHost lab, Layout layout)
    {
        var (host, notes) = (lab.Host, layout.Notes);
        void At(IReadOnlyList<long>? tags, IPAddress address, int length)
        {
            if (tags is { Count: > 1 }) notes.Add($"{address} is behind two VLAN tags, and the assumed switch does not answer there");
            else if (tags is not null && !IsTaken(layout, tags, address)) box.Answer(tags is [var vlan] ? vlan : Untagged, new IpPrefix(address, length));
        }
        int Length(Link link, IPAddress address) => Own(link, address) ?? Common(address);
        int Common(IPAddress address) => address.GetAddressBytes().Length == 4 ? 24 : 64;

        foreach (var link in host.Links)
            foreach (var gateway in link.Gateways)
                At(Tags.Of(host, link.Name.Value), gateway.Value, Length(link, gateway.Value));
        foreach (var via in host.Routes.Select(route => route.Via?.Value).OfType<IPAddress>())
            if (Tags.Near(host, via) is var (link, own)) At(Tags.Of(host, link.Name.Value), via, own.Length);
        foreach (var bond in host.Of(LinkKind.Bond))
            foreach (var target in Targets(bond))
                if (Tags.Near(host, target) is var (link, own)) At(Tags.Of(host, link.Name.Value), target, own.Length);
                else At(Tags.Of(host, bond.Name.Value), target, Common(target));
    }

    /// <summary>Whether a host or guest that is plugged into the assumed switch has this address, in the same VLAN.</summary>
    private static bool IsTaken(Layout layout, IReadOnlyList<long> tags, IPAddress address)
    {
        bool Has(Host host, IEnumerable<At<IpPrefix>> own, string? link, long? vlan) =>
            own.Any(one => one.Value.Address.Equals(address)) && link is not null && Tags.Of(host, link) is { } below && (vlan is { } id ? [.. below, id] : below).SequenceEqual(tags);
        return layout.Hosts.Select(other => other.Host).Where(other => !other.Cables.Any()).Any(other =>
            other.Links.Any(link => Has(other, link.Addresses, link.Name.Value, null))
            || other.Guests.SelectMany(guest => guest.Nics).Any(nic => Has(other, nic.Addresses, nic.Bridge?.Value, nic.Vlan?.Value)));
    }

    private static int? Own(Link link, IPAddress address) =>
        link.Addresses.Where(own => own.Value.Contains(address)).Select(own => (int?)own.Value.Length).FirstOrDefault();

    /// <summary>Whom a bond asks by ARP.</summary>
    public static IEnumerable<IPAddress> Targets(Link bond) => bond.Settings.Get(BondLines.ArpIpTarget)?.Value switch
    {
        Value.List list => list.Items.Select(item => IPAddress.Parse($"{item.Value}")),
        Value.Word word => [IPAddress.Parse(word.Text)],
        _ => [],
    };
}
