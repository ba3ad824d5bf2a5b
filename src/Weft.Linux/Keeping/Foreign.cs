// Everything beyond links, addresses and routes that a change must know of or must not lose: one dump a table for the whole
// namespace. A table that this kernel does not have is an empty one.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

/// <summary>What was found, or why it could not be read.</summary>
internal sealed record Foreign(ImmutableArray<PolicyRule> Rules, Dictionary<int, VlanTable> Vlans, ImmutableArray<Kept> Kept, Refusal? Refusal)
{
    /// <param name="marks">What is on the links themselves.</param>
    /// <param name="own">The host's own addresses, each with its prefix.</param>
    public static Foreign Look(RouteSocket socket, IReadOnlyList<Seen> links, IEnumerable<Kept> marks, IEnumerable<(AddressMessage Message, IpPrefix Prefix)> own, Names names)
    {
        Refusal? broken = null;
        // What is made later speaks of links as they were called now.
        names = names.Copy();
        var rules = Whole(socket.Dump<RuleMessage>(Dumps.Rules(Families.Unspecified)));
        var vlans = VlanReading.Tables(Whole(socket.DumpRaw(Dumps.BridgeVlans())));
        var forwarding = Whole(socket.DumpRaw(Dumps.Neighbours(Families.Bridge)));
        var groups = Whole(socket.Dump<GroupMessage>(Dumps.Groups()));
        var neighbours = Whole(socket.DumpRaw(Dumps.Neighbours(Families.Unspecified)));
        var proxies = Whole(socket.DumpRaw(Dumps.Proxies()));
        var nexthops = Whole(socket.Dump<NexthopMessage>(Dumps.Nexthops()));
        var qdiscs = Whole(socket.DumpRaw(Dumps.Qdiscs()));
        var bridges = links.Where(link => link.Kind == "bridge").Select(link => link.Index).ToHashSet();
        var defaults = links.Where(link => link.DefaultPvid is not null).DistinctBy(link => link.Index).ToDictionary(link => link.Index, link => (int)link.DefaultPvid!.Value);
        ImmutableArray<Kept> kept =
        [
            .. UpperLinks.Of(links, names), .. marks, .. Elsewhere.Of(socket, names),
            .. Keeping.Vlans.Of(vlans, defaults, names),
            .. own.Where(address => names.Of(address.Message.Header.Index) is not null).Select(address => Addresses.Of(address.Message, address.Prefix, names.Of(address.Message.Header.Index)!)),
            .. Neighbours.Of(neighbours.Concat(proxies), names), .. Forwarding.Of(forwarding, links, names), .. Groups.Of(groups, bridges.Contains, names),
            .. Nexthops.Of(nexthops, names), .. Qdiscs.Of(qdiscs, request => Whole(socket.Dump<TrafficMessage>(request)), names),
        ];
        return new([.. rules.Select(RuleReading.Of).OfType<PolicyRule>()], vlans.DistinctBy(port => port.Index).ToDictionary(port => port.Index, port => port.Table), kept, broken);

        IReadOnlyList<T> Whole<T>(Dumped<T> dump)
        {
            if (dump.Refusal is { } refusal && !IsAbsent(refusal))
                broken ??= Refused.By(refusal);
            else if (dump.Failure is { } failure)
                broken ??= Refused.By(failure);
            return dump.Messages;
        }
    }

    /// <summary>A kernel without bridges, rules, nexthops or traffic control says so in several ways (ENOTSUPP has no name of its own).</summary>
    private static bool IsAbsent(KernelRefusal refusal) => refusal.ErrnoName is "EOPNOTSUPP" or "EAFNOSUPPORT" or "EPROTONOSUPPORT" || refusal.Errno == NotSupported;

    private const int NotSupported = 524;
}
