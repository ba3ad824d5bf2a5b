// A view of one entry of `networks`: a VLAN of a link and the bridge that its guests plug into. What it stands for is made by
// the expansion (Spec/Networks); here are only its keys and the names that follow from them.

using System.Collections.Immutable;
using System.Net;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Model;

/// <summary>A network of the file.</summary>
public sealed class Network(Field entry)
{
    /// <summary>Its keys, as read.</summary>
    internal Fields Keys { get; } = Entry.Of(entry);

    public At<string> Name => entry.Name;

    /// <summary>The link that carries it; null where that could not be read.</summary>
    public At<string>? Link => Entry.Word(Keys, "link");

    /// <summary>Its VLAN, or a range of them; null where the link carries it untagged.</summary>
    public At<VlanRun>? Vlan { get; } = Entry.Of(entry).Get("vlan") is { } said ? At.Of(VlanRange.Of(said.Value), said.Place) : null;

    /// <summary>The name that its bridge was given.</summary>
    public At<string>? Bridge => Entry.Word(Keys, "bridge");

    /// <summary>In bytes.</summary>
    public At<Value>? Mtu => Keys.Get("mtu");

    public ImmutableArray<At<IpPrefix>> Addresses => Entry.Prefixes(Keys, "addresses");

    public ImmutableDictionary<IpPrefix, Lifetime> Lifetimes => Entry.Lifetimes(Keys, "addresses");

    public ImmutableArray<At<IPAddress>> Gateways => [.. Keys.List("gateway").Select(item => At.Of(IPAddress.Parse(item.ToString()), item.Place))];

    /// <summary>What the host's own end of a network takes besides addresses and a gateway: how they are leased, and whom the host asks for names there.</summary>
    public static ImmutableArray<Attribute> OfEnd { get; } = [.. ClientLines.All, .. NameLines.All];

    /// <summary>That of this network, as it was said.</summary>
    public Settings End => Settings.Of(from line in OfEnd let said = Keys.Get(line.Name) where said is not null select KeyValuePair.Create(line, said));

    /// <summary>management, storage or guests.</summary>
    public At<string>? Role => Entry.Word(Keys, "role");

    /// <summary>Several VLANs, each a network of its own.</summary>
    public bool IsRange => Vlan is { Value: var run } && run.From != run.To;

    /// <summary>Whether the host itself is in it, by an address or gateway of its own, said or leased.</summary>
    public bool HasEnd => Keys.Has("addresses") || Keys.Has("gateway") || IsLeased;

    private bool IsLeased => ClientLines.Families.Any(line => Keys.Flag(line.Name) == true);

    /// <summary>Every VLAN of it; a single null where it has none.</summary>
    public IEnumerable<int?> Ids => Vlan is { Value: var run } ? Enumerable.Range(run.From, run.To - run.From + 1).Select(id => (int?)id) : [null];

    /// <summary>`link.id`, as `vconfig` called them. What follows from the file follows from its labels: a NIC's label, where it has one.</summary>
    public string VlanOf(int id) => $"{Link}.{id}";

    /// <summary>The bridge of one of its VLANs: the name given, else `br` and the id, else `br-` and the network's name.</summary>
    public string BridgeOf(int? id) => Bridge?.Value ?? (id is null ? $"br-{Name}" : $"br{id}");

    public override string ToString() => Name.Value;
}
