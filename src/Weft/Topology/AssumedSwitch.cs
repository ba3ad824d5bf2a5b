// The other end of the cables where a file does not say: one switch that does what each bond's mode needs, carries every VLAN of
// the file tagged and VLAN 1 untagged, and answers at the gateways and ARP targets of the file, so that monitoring and
// probes find what they would find in a proper network.
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Topology;

public static class AssumedSwitch
{
    public const string Name = "switch";
    private const long Untagged = 1;

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
    public static void Answer(Box box, NamedHost lab, List<string> notes)
    {
        var host = lab.Host;
        void At(IReadOnlyList<long>? tags, IPAddress address, int length)
        {
            if (tags is { Count: > 1 }) notes.Add($"{address} is behind two VLAN tags, and the assumed switch does not answer there");
            else if (tags is not null) box.Answer(tags is [var vlan] ? vlan : Untagged, new IpPrefix(address, length));
        }
        int Usual(IPAddress address) => address.GetAddressBytes().Length == 4 ? 24 : 64;

        foreach (var link in host.Links)
            foreach (var gateway in link.Gateways)
                At(Tags.Of(host, link.Name.Value), gateway.Value, Length(link, gateway.Value) ?? Usual(gateway.Value));
        foreach (var via in host.Routes.Select(route => route.Via?.Value).OfType<IPAddress>())
            if (Tags.Near(host, via) is var (link, own)) At(Tags.Of(host, link.Name.Value), via, own.Length);
        foreach (var bond in host.Of(LinkKind.Bond))
            foreach (var target in Targets(bond))
                if (Tags.Near(host, target) is var (link, own)) At(Tags.Of(host, link.Name.Value), target, own.Length);
                else At(Tags.Of(host, bond.Name.Value), target, Usual(target));
    }

    private static int? Length(Link link, IPAddress address) =>
        link.Addresses.Where(own => own.Value.Contains(address)).Select(own => (int?)own.Value.Length).FirstOrDefault();

    /// <summary>Whom a bond asks by ARP.</summary>
    public static IEnumerable<IPAddress> Targets(Link bond) => bond.Settings.Get(BondLines.ArpIpTarget)?.Value switch
    {
        Value.List list => list.Items.Select(item => IPAddress.Parse($"{item.Value}")),
        Value.Word word => [IPAddress.Parse(word.Text)],
        _ => [],
    };
}
