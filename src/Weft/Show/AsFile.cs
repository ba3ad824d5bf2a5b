// An observed host as the file that means it. The law: planned against the very host it was made of, it sends nothing. What
// the kernel would do by itself is left out; what stands against that is said outright. What no kernel holds (guests,
// cabling, a NIC's match) comes from the last applied file.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;
using World = Weft.Plan.World;

namespace Weft.Show;

/// <summary>Turns observed hosts into host files.</summary>
public sealed class AsFile
{
    /// <summary>What a reader of such a file should know; it stands above it as a comment.</summary>
    public const string Heading =
        """
        # This host as weft show --file observed it. Permanent addresses are listed; one that a cluster
        # manager added looks the same as one of the host's own.

        """;

    private readonly Observation now;
    private readonly Ledger ledger;
    private readonly Ledger known;
    private readonly ImmutableHashSet<string> listed;

    private AsFile(Observation now, Ledger ledger)
    {
        (this.ledger, known) = (ledger, ledger.For(now));
        this.now = now = OwnAddresses.Of(now, known.Last, Host.Empty);
        listed = new Listed(now.Host, known).Names();
    }

    /// <summary>The host file of what is observed, with `networks` where the last file had them and they still hold.</summary>
    public static Host Of(Observation now, Ledger ledger) => Folded.Of(Expanded(now, ledger), now.Host, ledger.Last.AsWritten);

    /// <summary>The same in VLANs and bridges, whatever the last file said.</summary>
    public static Host Expanded(Observation now, Ledger ledger)
    {
        var file = new AsFile(now, ledger);
        var rest = ledger.Last.Rest.Has("version") ? ledger.Last.Rest : new Fields([new(At.Nowhere("version"), At.Nowhere(Value.Of(1))), .. ledger.Last.Rest]);
        var host = new Host { Links = [.. file.now.Host.Links.Where(link => file.listed.Contains(link.Name.Value)).Select(file.Of)], Rest = rest, Sysctls = file.Tuned() };
        return file.Outright(FileRoutes.Into(host, now.Host, known: file.known));
    }

    /// <summary>Of the host's settings those that the last file said, as they are; without what its profile says anyway.</summary>
    private Settings Tuned() => now.Host.Sysctls.Where(line => known.Last.Sysctls.Has(line)
        && Profiles.Of(known.Last)?.Host.Any(tuned => tuned.Line == line && tuned.Value == now.Host.Sysctls.ValueOf(line)) != true);

    /// <summary>What no file made and may pass for a NIC is one to the file: it finds it and leaves it there.</summary>
    private LinkKind KindOf(Link link) => !link.Kind.MayPassForNic || link.Kind == LinkKind.Vxlan || known.Last.Find(link.Name.Value) is { } last && known.Owns(link) && last.Kind == link.Kind ? link.Kind : LinkKind.Nic;

    private Link Of(Link link)
    {
        var kind = KindOf(link);
        var ports = Ports(link);
        return new Link(link.Name, kind)
        {
            Settings = OwnNames(link, kind, MarkLines.Sayable(Said(link, kind, ports))),
            Ports = ports,
            Vlans = FileVlans.Of(link.Vlans),
            // The kernel takes an address on a port and no file may say it: it stays somebody's.
            Addresses = Master(link) is not { Kind.SpeaksForPorts: true } ? [.. link.Addresses.Where(address => !address.Value.Address.IsIPv6LinkLocal)] : [],
            Lifetimes = Lifetimes(link),
            Rest = FileVlans.Into(Rest(link.Name, kind), link.Vlans),
        };
    }

    /// <summary>Where they are what is left of those that the last file said, in that file's words.</summary>
    private ImmutableDictionary<IpPrefix, Lifetime> Lifetimes(Link link) => known.Last.Find(link.Name.Value) is not { } last ? link.Lifetimes
        : link.Lifetimes.SetItems(link.Lifetimes.Where(one => last.Lifetimes.TryGetValue(one.Key, out var said) && one.Value.IsLeftOf(said)).Select(one => KeyValuePair.Create(one.Key, last.LifetimeOf(one.Key))));

    /// <summary>The settings that a bare host would not have by itself. Whether `up` and `ipv6` need saying shows later.</summary>
    private Settings Said(Link link, LinkKind kind, ImmutableArray<Port> ports)
    {
        var own = Table.OfLink(kind).ToHashSet();
        var hardware = Settings.Of(Hardware(link));
        return hardware.With(link.Settings.Where(attribute => own.Contains(attribute) && attribute.Home != Home.Hardware && attribute != Table.Up && attribute != Table.Ipv6 && (
            attribute.Required || attribute == BondLines.Mode
            || (attribute == Table.Mtu ? link.Settings.Number(Table.Mtu) != MtuByNature(link, ports)
                : attribute == Table.Mac ? MacIsChosen(link, ports)
                : attribute.IsTaken(link.Settings) && link.Settings.Get(attribute)?.Value != (ConfLines.Has(attribute) ? now.NewLinks.ValueOf(attribute) : attribute.Default(link.Settings))))));
    }

    /// <summary>Of its hardware what the last file said, in that file's words: everything else is the driver's, and differs from NIC to NIC.</summary>
    private IEnumerable<KeyValuePair<Attribute, At<Value>>> Hardware(Link link) =>
        from pair in known.Last.Find(link.Name.Value)?.Settings ?? Settings.Empty
        where pair.Key.Home == Home.Hardware && link.Settings.Has(pair.Key) && pair.Value.Value is not Value.Word { Text: "default" }
        let value = HardwareWish.AsSaid(pair.Key, link.Settings.ValueOf(pair.Key), pair.Value.Value)
        where value is not null
        select KeyValuePair.Create(pair.Key, At.Nowhere(value));

    /// <summary>Of a NIC's other names those that the last file said: the rest is udev's, which gives them anew at each start. Of other links all that a file may say.</summary>
    private Settings OwnNames(Link link, LinkKind kind, Settings settings)
    {
        var ours = MarkLines.NamesIn(known.Last.Find(link.Name.Value)?.Settings.ValueOf(MarkLines.Altnames)).ToHashSet(StringComparer.Ordinal);
        var names = MarkLines.NamesIn(settings.ValueOf(MarkLines.Altnames)).Where(name => kind == LinkKind.Nic ? ours.Contains(name) : new Model.Shapes.AltName().Parse(name).Value is not null).ToList();
        return names.Count == 0 ? settings.Without(MarkLines.Altnames) : settings.With(MarkLines.Altnames, MarkLines.NamesOf(names));
    }

    private long? MtuByNature(Link link, ImmutableArray<Port> ports) =>
        Master(link) is { } master && master.Kind == LinkKind.Bond ? master.Settings.Number(Table.Mtu)
        : NaturalMtu.Of(link with { Ports = ports }, name => now.Host.Find(name)?.Settings.Number(Table.Mtu));

    private bool MacIsChosen(Link link, ImmutableArray<Port> ports)
    {
        if (link.State?.MacIsSet != true || Master(link)?.Kind == LinkKind.Bond)
            return false;
        var natural = link.Kind == LinkKind.Vlan && link.Lower is { } lower ? now.Host.Find(lower)?.Settings.Word(Table.Mac)
            : link.Kind == LinkKind.Bond ? ports.Select(port => now.Host.Find(port.Name.Value)?.State?.IdentityMac).FirstOrDefault()
            : link.Kind == LinkKind.Bridge || KindOf(link) != LinkKind.Nic ? null
            : link.State.IdentityMac;
        return link.Settings.Word(Table.Mac) is { Length: > 0 } mac && mac != natural;
    }

    private Link? Master(Link link) => link.State?.Master is { } name && listed.Contains(name) ? now.Host.Find(name) : null;

    /// <summary>Which port came first the last file's order says, or else the MAC.</summary>
    private ImmutableArray<Port> Ports(Link link)
    {
        var last = ledger.Last.Find(link.Name.Value)?.Ports ?? [];
        var ports = link.Ports.Where(port => listed.Contains(port.Name.Value)).Select(port => new Port(port.Name,
            port.Settings.Where(attribute => attribute.IsTaken(link.Settings) && port.Settings.Get(attribute)?.Value != attribute.Default(link.Settings) && !BridgePortLines.IsBySpeed(attribute, port.Settings.ValueOf(attribute))))
            { Vlans = FileVlans.Of(port.Vlans), Rest = FileVlans.Into(last.FirstOrDefault(before => before.Name == port.Name)?.Rest ?? Fields.Empty, port.Vlans) }).ToList();
        if (last.Length == ports.Count && last.All(before => ports.Exists(port => port.Name == before.Name)))
            return [.. last.Select(before => ports.Find(port => port.Name == before.Name)!)];
        return [.. now.Host.FirstPortFirst(link, ports)];
    }

    /// <summary>`match` and the like from the last file, as long as they still mean this NIC.</summary>
    private Fields Rest(At<string> name, LinkKind kind)
    {
        var rest = ledger.Last.Find(name.Value)?.Rest ?? Fields.Empty;
        if (!rest.Has("match"))
            return rest;
        var found = Resolve.Labels(new Host { Links = [new Link(name, kind) { Rest = rest }] }, now.Host).Host;
        return found.Find(name.Value) is null ? rest.Without("match") : rest;
    }

    /// <summary>
    /// What the planner would derive for a link and the host has otherwise must be said: a link that is down, IPv6 on a link that only
    /// carries frames, an attribute that the last file had and that did not go back to its default.
    /// </summary>
    private Host Outright(Host file)
    {
        var (world, intent) = (new World(now, known.Firsts), new Intent(known.Last, file, known));
        return file with
        {
            Links = [.. file.Links.Select(link =>
            {
                var observed = now.Host.Find(link.Name.Value)!;
                var derived = intent.Of(link, world);
                var against = derived.Where(attribute => !link.Settings.Has(attribute) && observed.Settings.Get(attribute) is { } held && held.Value != derived.Get(attribute)?.Value
                    && !(attribute == Table.Mac && intent.IsBondPort(link.Name.Value)));
                var said = link.Settings.With(observed.Settings.Where(against.Has));
                return link with { Settings = !derived.Has(Table.Ipv6) && observed.Settings.Flag(Table.Ipv6) == false ? said.With(Table.Ipv6, Value.Of(false)) : said };
            })],
        };
    }
}
