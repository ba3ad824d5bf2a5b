// A link message as a link of the model. Everything that the attribute table names is filled in; what else is worth showing
// goes into the state's facts, in the kernel's words.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;
using Port = Weft.Model.Port;

namespace Weft.Linux;

internal static class LinkReading
{
    /// <summary>ARPHRD_ETHER and ARPHRD_LOOPBACK (linux/if_arp.h).</summary>
    private const ushort Ethernet = 1, Loopback = 772;

    private static readonly string[] OperStates = ["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"];

    // Nearly every link has neither, and what is said so often is said with one object.
    private static readonly Value NoNames = MarkLines.Altnames.Default(Settings.Empty)!, NoAlias = MarkLines.Alias.Default(Settings.Empty)!;

    /// <param name="message">It may serve other links afterwards: nothing of it is held on to but its bytes.</param>
    /// <param name="names">The names of all links.</param>
    public static Link Of(LinkMessage message, Names names)
    {
        var kind = KindOf(message);
        var slots = Slots.OfLink(kind);
        slots.Read(message.Info?.Data, names);
        if (message.Info?.Bridge is { StpState: > 0 } bridge)
            slots.Forget(Untold(bridge));
        if (kind == LinkKind.Vlan && message is { LinkNetnsid: null, Link: { } lower })
            slots.Put(VlanLines.Lower, Value.Of(names.Of(lower) ?? ""));
        Kinds.Tell(slots, kind, message, names);
        slots.Put(Table.Up, Value.Of(message.Header.Flags.HasFlag(LinkFlags.Up)));
        slots.Put(Table.Mtu, message.Mtu is { } mtu ? Value.Of(mtu) : null);
        slots.Put(Table.Mac, message.Address is { } mac ? Value.Of(mac.ToString()) : null);
        slots.Put(Table.Ipv6, Kernel6.IsOn(message.Families?.Inet6?.Conf) is { } ipv6 ? Value.Of(ipv6) : null);
        Keeping.Sysctls.Tell(message.Families, slots);
        slots.Put(MarkLines.Altnames, message.Properties?.AltNames is { Count: > 0 } others ? MarkLines.NamesOf(others) : NoNames);
        slots.Put(MarkLines.Alias, message.Alias is { Length: > 0 } alias ? Value.Of(alias) : NoAlias);
        slots.Put(MarkLines.Txqueuelen, message.Txqlen is { } queue ? Value.Of(queue) : null);
        return new Link(At.Nowhere(message.Name ?? ""), kind) { Settings = slots.Settings(), State = StateOf(message, names) };
    }

    /// <summary>
    /// With a spanning tree a bridge tells the timers that it lives by just now: the root bridge's, and while the topology changes a short
    /// ageing time (__br_set_topology_change in net/bridge/br_stp.c). What somebody set does not show then.
    /// </summary>
    private static ImmutableArray<Attribute> Untold(BridgeData bridge) =>
    [
        .. bridge.RootId is { } root && bridge.BridgeId is { } own && !root.Equals(own) ? BridgeLines.Timers.Remove(BridgeLines.AgeingTime) : [],
        .. bridge.TopologyChange is > 0 ? [BridgeLines.AgeingTime] : ImmutableArray<Attribute>.Empty,
    ];

    /// <summary>The options a link has as a port, for its master's list; null where its master is of a kind without ports of its own.</summary>
    public static Port? PortOf(LinkMessage message, Names names)
    {
        if (message.Info?.PortKind is not { } word || LinkKind.Of(word) is not { HasPorts: true } master)
            return null;
        var slots = Slots.OfPort(master);
        slots.Read(PortDataOf(message.Info), names);
        return new(At.Nowhere(message.Name ?? ""), slots.Settings());
    }

    /// <summary>
    /// A NIC has no kind of its own. A veth whose other end is in another namespace is one as far as this host can tell; so are the
    /// kinds of para-virtual NICs, which have none either.
    /// </summary>
    private static LinkKind KindOf(LinkMessage message) => message switch
    {
        { Info: null or { Kind: null }, Header.Type: Ethernet } => LinkKind.Nic,
        { Info.Kind: "veth", LinkNetnsid: not null } => LinkKind.Nic,
        { Info.Kind: { } kind } => LinkKind.Of(kind),
        { Header.Type: Loopback } => LinkKind.Of("loopback"),
        _ => LinkKind.Of("other"),
    };

    private static LinkState StateOf(LinkMessage message, Names names)
    {
        var raw = message.Raw;
        var permanent = message.PermAddress is { Length: 6 } burnt ? burnt.ToString() : message.Info?.BondPort?.PermHwaddr?.ToString() ?? message.Address?.ToString();
        return new LinkState(message.Header.Index)
        {
            Master = message.Master is { } master ? names.Of(master) : null,
            Carrier = message.Carrier == 1,
            OperState = message.Operstate is { } state && state < OperStates.Length ? OperStates[state] : "UNKNOWN",
            CarrierChanges = message.CarrierChanges ?? 0,
            IdentityMac = permanent,
            Driver = message.Info?.Kind ?? Sysfs.Driver(message.Name ?? ""),
            // Before 5.14 the kernel does not say; of a virtual machine's NIC it says the virtio device.
            Pci = message.ParentDevBusName == "pci" ? message.ParentDevName
                : message is { ParentDevBusName: null or "virtio", Header.Type: Ethernet } && message.Info?.Kind is null ? Sysfs.Pci(message.Name ?? "") : null,
            PeerElsewhere = message.LinkNetnsid is not null,
            Lower = Keeping.UpperLinks.LowerOf(message) is { } lower ? names.Of(lower) : null,
            Speed = message.Carrier == 1 && message.Info?.Kind is null or "bond" or "veth" ? Sysfs.Speed(message.Name ?? "") : null,
            LateFacts = new(() => Facts(MessageCodec.Decode<LinkMessage>(raw), names)),
        };
    }

    /// <summary>Everything that the kernel tells of the link's kind, and of the link as a port. Made where somebody looks.</summary>
    private static Fields Facts(LinkMessage message, Names names)
    {
        var (data, port) = (Gather.From(message.Info?.Data), Gather.From(PortDataOf(message.Info)));
        if (data.TryGetValue("active_slave", out var active) && active is Value.Number index)
            data["active_slave"] = Value.Of(names.Of((int)index.Count) ?? "");
        var facts = Fields.Empty;
        if (data.Count > 0)
            facts = facts.With("data", new Value.Map(AsFields(data)));
        return port.Count > 0 ? facts.With("port", new Value.Map(AsFields(port))) : facts;
    }

    private static Fields AsFields(Dictionary<string, Value> said) => new(said.Select(pair => new Field(At.Nowhere(pair.Key), At.Nowhere(pair.Value))));

    private static IAttributes? PortDataOf(LinkInfo? info) => info is null ? null : (IAttributes?)info.BondPort ?? info.BridgePort;
}
