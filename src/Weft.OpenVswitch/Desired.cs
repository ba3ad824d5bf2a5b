// The rows that a declared host is. What a switch cannot be made to do is a finding with the reason, and nothing is made of it.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Ovsdb.Values;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.OpenVswitch;

/// <summary>Rows, and what cannot be one.</summary>
public sealed record Wish(SwitchRows Rows, ImmutableArray<Finding> Findings);

/// <summary>Makes rows of a host.</summary>
public sealed class Desired
{
    /// <summary>The UDP port that a switch uses where nobody says another (the assigned one; the kernel's is another).</summary>
    private const long SwitchsPort = 4789;

    /// <summary>What a VLAN is here; what the kernel's does besides, no port of a switch does.</summary>
    private static readonly ImmutableArray<Attribute> OfTag = [VlanLines.Lower, VlanLines.Id, VlanLines.Protocol];

    /// <summary>A VLAN that no frame has: a port that carries this alone carries nothing.</summary>
    private const long NoVlan = 4095;

    private readonly Host host;
    private readonly Layers layers;
    private readonly List<SwitchRow> rows = [];
    private readonly List<Finding> findings = [];

    private Desired(Host host) => (this.host, layers) = (host, new(host));

    /// <summary>The rows of a host as it was read, its networks expanded.</summary>
    public static Wish Of(Host host)
    {
        var made = new Desired(host);
        made.All();
        var declared = new SwitchRows(made.rows);
        foreach (var twice in declared.Twice)
            made.Cannot(twice.Place, $"two things are called {twice.Is.Name}", "of bridges, ports and interfaces Open vSwitch has each name once", "give one of them another name");
        return new(declared, [.. made.findings.OrderBy(finding => finding.Place)]);
    }

    private void All()
    {
        foreach (var uplink in layers.Unnamed)
            Unnamed(uplink);
        foreach (var bridge in host.Of(LinkKind.Bridge))
            if (layers.VlanOf(bridge) is { } vlan)
                OfVlan(bridge, vlan);
            else
                Own(bridge);
        foreach (var vlan in host.Of(LinkKind.Vlan))
            if (layers.MasterOf(vlan.Name.Value) is null && Under(vlan) is { } uplink)
                End(layers.Carrier(uplink), vlan, Access(vlan.Settings.Number(VlanLines.Id)!.Value), OfTag);
            else if (layers.MasterOf(vlan.Name.Value) is { Master: var master } && Layers.IsSwitched(master))
                Cannot(vlan.Name.Place, $"the bond {master.Name} has the VLAN {vlan.Name} as a port", "a bond of Open vSwitch has NICs as ports, and gives VLANs to what is in the switch", $"put NICs into {master.Name}, or write backend: {SwitchLines.LinuxBridge} there");
    }

    /// <summary>What a VLAN stands on, where that is under the switch and can carry it.</summary>
    private Link? Under(Link vlan)
    {
        if (vlan.Lower is not { } name || host.Find(name) is not { } lower)
            return null;
        if (lower.Kind == LinkKind.Vlan || (lower.Kind == LinkKind.Bridge && layers.VlanOf(lower) is not null))
        {
            if (IsStackUnderSwitch(lower))
                Cannot(vlan.Settings.PlaceOf(VlanLines.Lower), $"{vlan.Name} is a VLAN in a VLAN", "a port of Open vSwitch is in one VLAN, and a second tag is what its QinQ ports carry through", $"put {vlan.Name} on a link without a tag");
            return null;
        }
        if (!layers.IsUnderSwitch(lower))
            return null;
        if (vlan.Settings.Word(VlanLines.Protocol) is "802.1ad")
            Cannot(vlan.Settings.PlaceOf(VlanLines.Protocol), $"{vlan.Name} is an 802.1ad tag", "a port of Open vSwitch is in a VLAN of 802.1Q", "write protocol: 802.1Q, or leave it out");
        return vlan.Settings.Number(VlanLines.Id) is null ? null : lower;
    }

    private bool IsStackUnderSwitch(Link lower) => lower.Kind == LinkKind.Bridge || (lower.Lower is { } below && host.Find(below) is { } under && (layers.IsUnderSwitch(under) || (under.Kind == LinkKind.Vlan && IsStackUnderSwitch(under))));

    /// <summary>The bridge of an uplink whose untagged frames are in none that the file names.</summary>
    private void Unnamed(Link uplink)
    {
        var name = Layers.NameOf(uplink);
        if (Layers.IsTooLong(name))
            Cannot(uplink.Name.Place, $"the bridge of {uplink.Name} would be called {name}, which has more than 15 bytes", "a bridge has a link of its own name, and the kernel's names are no longer", $"declare a bridge with {uplink.Name} as its port, under a shorter name");
        var bridge = Add(new RowName(Cells.Bridge, name), null, uplink.Name.Value, uplink.Name.Place, []);
        Local(bridge, uplink.Name.Value, uplink.Name.Place, [], uplink.Kind == LinkKind.Bond ? [] : CellsOf(Cells.OfEnd, uplink.Settings).Where(cell => cell.Key != Cells.Mac));
        Uplink(bridge, uplink, []);
    }

    /// <summary>A bridge with ports of its own.</summary>
    private void Own(Link link)
    {
        var bridge = Add(new RowName(Cells.Bridge, link.Name.Value), null, link.Name.Value, link.Name.Place, CellsOf(Cells.OfBridge, link.Settings));
        var filters = Layers.Filters(link);
        Local(bridge, link.Name.Value, link.Name.Place, filters ? Vlans(link.Vlans ?? Layers.Usual(link), link.Name.Place) : [], CellsOf(Cells.OfEnd, link.Settings).Where(cell => cell.Key != Cells.Mac));
        Only(link, [.. Cells.OfBridge.Select(line => line.Line), Table.Mtu, BridgeLines.VlanFiltering, BridgeLines.VlanDefaultPvid, SwitchLines.FakeBridge]);
        if (link.Settings.Flag(SwitchLines.FakeBridge) == true)
            Cannot(link.Settings.PlaceOf(SwitchLines.FakeBridge), $"{link.Name} is no bridge of one VLAN", "a fake bridge is one VLAN of another bridge", "remove fake_bridge, or give the bridge a VLAN as its port");
        foreach (var port in link.Ports)
            if (host.Find(port.Name.Value) is { } below)
                Uplink(bridge, below, [.. filters ? Vlans(port.Vlans ?? Layers.Usual(link), port.Name.Place) : [], .. Options(port)]);
        rows.AddRange(Watches.Of(link, bridge));
    }

    /// <summary>A bridge that is one VLAN of another: the host's end of it is a port of that one, and so is what plugs in.</summary>
    private void OfVlan(Link link, Link vlan)
    {
        if (layers.VlansOf(link).Skip(1).FirstOrDefault() is { } second)
            Cannot(link.Ports.First(port => port.Name.Value == second.Name.Value).Name.Place, $"{link.Name} joins the VLANs {vlan.Name} and {second.Name}", "a bridge on a VLAN is that VLAN of its uplink's bridge, and no other", "give each VLAN a bridge");
        if (Layers.Filters(link))
            Cannot(link.Settings.PlaceOf(BridgeLines.VlanFiltering), $"{link.Name} filters VLANs inside one", "a port of Open vSwitch is in one VLAN", "remove vlan_filtering");
        if (Under(vlan) is not { } uplink)
        {
            if (vlan.Lower is { } lower && host.Find(lower) is null)
                Cannot(vlan.Name.Place, $"{vlan.Name} stands on {lower}, which nothing declares", "the uplink's bridge has its ports from the file", $"declare {lower}");
            return;
        }
        Only(vlan, [.. OfTag, Table.Mtu]);
        var bridge = layers.Carrier(uplink);
        var access = Access(vlan.Settings.Number(VlanLines.Id)!.Value);
        End(bridge, link, [.. access, KeyValuePair.Create(Cells.FakeBridge, At.Of<Datum>(link.Settings.Flag(SwitchLines.FakeBridge) == true, link.Settings.PlaceOf(SwitchLines.FakeBridge)))], [SwitchLines.FakeBridge, BridgeLines.Stp, BridgeLines.VlanFiltering]);
        if (link.Settings.Flag(BridgeLines.Stp) == true)
            Cannot(link.Settings.PlaceOf(BridgeLines.Stp), $"{link.Name} would have a spanning tree of its own", "Open vSwitch has one a bridge, and this is one VLAN of a bridge", $"write stp: true at the bridge that has {uplink.Name} as a port");
        foreach (var watching in SwitchLines.Watching)
            if (link.Rest.Get(watching) is { } said)
                Cannot(said.Place, $"{link.Name} is one VLAN of {bridge}", $"{watching} belongs to a bridge with an uplink", $"write it at {bridge}");
        foreach (var port in link.Ports)
            if (host.Find(port.Name.Value) is { } below && below != vlan && below.Kind != LinkKind.Vlan)
                Uplink(new(Cells.Bridge, bridge), below, [.. access, .. Options(port)]);
    }

    /// <summary>The link and port of a bridge's own name: the host's end of what has no tag there.</summary>
    private void Local(RowName bridge, string label, Place place, IEnumerable<KeyValuePair<Cell, At<Datum>>> port, IEnumerable<KeyValuePair<Cell, At<Datum>>> end)
    {
        var own = Add(new(Cells.Port, bridge.Name), bridge, label, place, Shaped(port));
        Add(new(Cells.Interface, bridge.Name), own, label, place, [KeyValuePair.Create(Cells.Type, At.Nowhere<Datum>("internal")), .. end]);
    }

    /// <summary>The host's end of a VLAN.</summary>
    private void End(string bridge, Link link, IEnumerable<KeyValuePair<Cell, At<Datum>>> port, IEnumerable<Attribute> alsoSaid)
    {
        Only(link, [.. Cells.OfEnd.Select(line => line.Line), .. alsoSaid]);
        var own = Add(new(Cells.Port, link.Name.Value), new(Cells.Bridge, bridge), link.Name.Value, link.Name.Place, Shaped(port));
        Add(new(Cells.Interface, link.Name.Value), own, link.Name.Value, link.Name.Place, [KeyValuePair.Create(Cells.Type, At.Nowhere<Datum>("internal")), .. CellsOf(Cells.OfEnd, link.Settings)]);
    }

    /// <summary>A link that exists beside the switch, or a tunnel or patch that does not, as a port.</summary>
    private void Uplink(RowName bridge, Link link, IEnumerable<KeyValuePair<Cell, At<Datum>>> cells)
    {
        if (Layers.IsSwitched(link))
        {
            Bond(bridge, link, cells);
            return;
        }
        var port = Add(new(Cells.Port, link.Name.Value), bridge, link.Name.Value, link.Name.Place, Shaped(cells));
        Add(new(Cells.Interface, link.Name.Value), port, link.Name.Value, link.Name.Place, link.Kind == LinkKind.Vxlan ? Tunnel(link) : IsPatch(link, out var peer) ? Patch(link, peer) : System(link));
    }

    private static IEnumerable<KeyValuePair<Cell, At<Datum>>> System(Link link) => [KeyValuePair.Create(Cells.Type, At.Nowhere<Datum>("")), .. CellsOf(Cells.OfEnd, link.Settings).Where(cell => cell.Key != Cells.Mac)];

    /// <summary>Both ends of a veth in the switch are a patch between two of its bridges, and no link of the kernel's.</summary>
    private bool IsPatch(Link link, out string peer)
    {
        peer = link.Kind == LinkKind.Veth ? link.Settings.Word(VethLines.Peer) ?? "" : "";
        return peer.Length > 0 && layers.MasterOf(peer) is { Master: var other } && other.Kind == LinkKind.Bridge;
    }

    private ImmutableArray<KeyValuePair<Cell, At<Datum>>> Patch(Link link, string peer)
    {
        Only(link, [VethLines.Peer]);
        return [KeyValuePair.Create(Cells.Type, At.Nowhere<Datum>("patch")), KeyValuePair.Create(new Cell("options", "peer"), At.Of<Datum>(peer, link.Settings.PlaceOf(VethLines.Peer)))];
    }

    private List<KeyValuePair<Cell, At<Datum>>> Tunnel(Link link)
    {
        Only(link, [.. Cells.OfVxlan.Select(line => line.Line), VxlanLines.Df, Table.Mtu]);
        if (link.Settings.Word(VxlanLines.Remote) is null or "")
            Cannot(link.Name.Place, $"{link.Name} does not say where its frames go", "a tunnel of Open vSwitch has one other end, and no multicast group", "write remote: with the other host's address");
        List<KeyValuePair<Cell, At<Datum>>> cells = [KeyValuePair.Create(Cells.Type, At.Nowhere<Datum>("vxlan")), .. CellsOf(Cells.OfVxlan, link.Settings)];
        if (!link.Settings.Has(VxlanLines.Port) && SwitchsPort != VxlanLines.KernelsPort)
            cells.Add(KeyValuePair.Create(new Cell("options", "dst_port"), At.Of<Datum>(VxlanLines.KernelsPort.ToString(CultureInfo.InvariantCulture), link.Name.Place)));
        if (link.Settings.Get(VxlanLines.Df) is { } df)
            cells.Add(KeyValuePair.Create(new Cell("options", "df_default"), At.Of<Datum>(df.Value == Value.Of("set") ? "true" : "false", df.Place)));
        if (link.Settings.Word(VxlanLines.Df) == "inherit")
            Cannot(link.Settings.PlaceOf(VxlanLines.Df), $"{link.Name} takes over whether packets may be cut up", "a tunnel of Open vSwitch sets that on all it sends, or on none", "write df: set, or df: unset");
        return cells;
    }

    private void Bond(RowName bridge, Link bond, IEnumerable<KeyValuePair<Cell, At<Datum>>> cells)
    {
        var mode = Bonds.Of(bond, findings);
        Only(bond, [.. Cells.OfBond.Select(line => line.Line), .. Bonds.Said, Table.Mtu]);
        if (bond.Ports.IsEmpty)
            Cannot(bond.Name.Place, $"the bond {bond.Name} has no port", "in Open vSwitch a bond is its ports", "give it ports, or remove it");
        var port = Add(new(Cells.Port, bond.Name.Value), bridge, bond.Name.Value, bond.Name.Place, Shaped([.. cells, .. mode, .. CellsOf(Cells.OfBond, bond.Settings)]));
        foreach (var member in bond.Ports)
            if (host.Find(member.Name.Value) is not { } link || link.Kind != LinkKind.Vlan)
                Add(new(Cells.Interface, member.Name.Value), port, member.Name.Value, member.Name.Place,
                    [KeyValuePair.Create(Cells.Type, At.Nowhere<Datum>("")), .. CellsOf(Cells.OfEnd, bond.Settings).Where(cell => cell.Key == Cells.MtuRequest)]);
        foreach (var member in bond.Ports)
            if (member.Settings.FirstOrDefault() is { Key: { } line } said)
                Cannot(said.Value.Place, $"{member.Name} has {line} in {bond.Name}", $"{line} is an option of the kernel's bonds", $"remove it, or write backend: {SwitchLines.LinuxBridge} at {bond.Name}");
    }

    private RowName Add(RowName name, RowName? owner, string label, Place place, IEnumerable<KeyValuePair<Cell, At<Datum>>> cells)
    {
        rows.Add(new(name, owner) { Place = place, Cells = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(Cells.Mark, At.Of<Datum>(label, place)), .. cells.GroupBy(cell => cell.Key).Select(same => same.Last())]) });
        return name;
    }

    private static ImmutableArray<KeyValuePair<Cell, At<Datum>>> Access(long id) => [KeyValuePair.Create(Cells.Tag, At.Nowhere<Datum>(id))];

    /// <summary>A port's VLANs are said whole: where no tag is said there is none.</summary>
    private static IEnumerable<KeyValuePair<Cell, At<Datum>>> Shaped(IEnumerable<KeyValuePair<Cell, At<Datum>>> cells) =>
        [.. ((Cell[])[Cells.Tag, Cells.VlanMode, Cells.Trunks]).Select(cell => KeyValuePair.Create(cell, At.Nowhere(Datum.Empty))), .. cells];

    /// <summary>What a bridge that filters VLANs says of a port.</summary>
    private ImmutableArray<KeyValuePair<Cell, At<Datum>>> Vlans(VlanTable table, Place place)
    {
        if (table.Runs.FirstOrDefault(run => run.Untagged && !run.Pvid) is { } apart)
            Cannot(place, $"frames of VLAN {apart.From} leave here without a tag, and those that come without one are in another VLAN", "a port of Open vSwitch has one VLAN without a tag, both ways", "give the port that VLAN as pvid");
        var tagged = table.Runs.Where(run => !run.Untagged && !run.Pvid).SelectMany(run => Enumerable.Range(run.From, run.To - run.From + 1)).ToList();
        var pvid = table.Runs.FirstOrDefault(run => run.Pvid);
        var trunks = tagged.Count + (pvid is null ? 0 : 1) == 4094 && pvid is not null ? Datum.Empty : Datum.Set(tagged.Select(id => (Atom)(long)id));
        return (pvid, tagged.Count) switch
        {
            (null, _) => [KeyValuePair.Create(Cells.VlanMode, At.Of<Datum>("trunk", place)), KeyValuePair.Create(Cells.Trunks, At.Of(tagged.Count == 0 ? Datum.Of(NoVlan) : trunks, place))],
            (_, 0) => [KeyValuePair.Create(Cells.Tag, At.Of<Datum>((long)pvid.From, place))],
            _ => [KeyValuePair.Create(Cells.Tag, At.Of<Datum>((long)pvid.From, place)), KeyValuePair.Create(Cells.VlanMode, At.Of<Datum>(pvid.Untagged ? "native-untagged" : "native-tagged", place)), KeyValuePair.Create(Cells.Trunks, At.Of(trunks, place))],
        };
    }

    private IEnumerable<KeyValuePair<Cell, At<Datum>>> Options(Port port)
    {
        foreach (var (line, said) in port.Settings)
            if (Cells.OfBridgePort.All(cell => cell.Line != line))
                Cannot(said.Place, $"Open vSwitch has no {line} of a port", "it is an option of the kernel's bridges", $"remove it, or write backend: {SwitchLines.LinuxBridge} for the host");
        return CellsOf(Cells.OfBridgePort, port.Settings);
    }

    private static IEnumerable<KeyValuePair<Cell, At<Datum>>> CellsOf(ImmutableArray<CellLine> lines, Settings settings) =>
        from line in lines
        let said = settings.Get(line.Line)
        where said is not null
        select KeyValuePair.Create(line.Cell, At.Of(said.Value is Value.Word { Text: "default" } ? Datum.Empty : line.To(said.Value), said.Place));

    /// <summary>Whatever else is said of a link, neither the switch nor the kernel will do.</summary>
    private void Only(Link link, IReadOnlyCollection<Attribute> lines)
    {
        foreach (var (line, said) in link.Settings)
            if (!lines.Contains(line) && !Layers.IsKernels(line))
                Cannot(said.Place, $"Open vSwitch has no {line} of a {link.Kind}", "it is an option of the kernel's own links, and here the switch makes it", $"remove it, or write backend: {SwitchLines.LinuxBridge} for the {(link.Kind == LinkKind.Bond ? "bond" : "host")}");
    }

    private void Cannot(Place place, string what, string why, string mend) => findings.Add(Finding.Error(Bonds.Rule, place, what, why, mend));
}
