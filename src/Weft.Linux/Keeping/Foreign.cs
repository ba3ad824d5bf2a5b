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
    public static Foreign Look(RouteSocket socket, IReadOnlyList<LinkMessage> links, Names names)
    {
        Refusal? broken = null;
        var rules = Whole(socket.Dump<RuleMessage>(Dumps.Rules(Families.Unspecified)));
        var vlans = Whole(socket.DumpBridgeVlans());
        var forwarding = Whole(socket.DumpRaw(Dumps.Neighbours(Families.Bridge)));
        var tables = VlanReading.Tables(vlans);
        return new([.. rules.Select(RuleReading.Of).OfType<PolicyRule>()], tables,
            [.. Keeping.Vlans.Of(vlans, tables, names), .. Forwarding.Of(forwarding, links, names)], broken);

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
