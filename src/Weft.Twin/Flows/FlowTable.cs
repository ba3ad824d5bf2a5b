// Which port each flow takes, under the bond's own policy and side by side under every other, and how even that is.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>How flows fell on ports.</summary>
/// <param name="PerPort">Flows of each usable port, in their order.</param>
internal sealed record Spread(ImmutableArray<long> PerPort)
{
    public long Total { get; } = PerPort.Sum();

    public long Fullest { get; } = PerPort.IsEmpty ? 0 : PerPort.Max();

    /// <summary>What part of all flows the fullest port has; 0 where there is none.</summary>
    public double Share => Total == 0 ? 0 : (double)Fullest / Total;

    /// <summary>
    /// `even` is as good as can be with so few flows, or within 15 % of it; up to 60 % above it is `uneven`, more `lopsided`. A word for programs; null where there is nothing to judge.
    /// </summary>
    public string? Word
    {
        get
        {
            if (Total == 0 || PerPort.Length < 2)
                return null;
            var best = (Total + PerPort.Length - 1) / PerPort.Length;
            return Total > 1 && Fullest == Total ? "one-port" : Fullest <= best || Fullest * PerPort.Length <= Total * 1.15 ? "even" : Fullest * PerPort.Length <= Total * 1.6 ? "uneven" : "lopsided";
        }
    }
}

/// <summary>Where a flow goes.</summary>
/// <param name="Port">Its port; null where no one port follows, or none is usable.</param>
/// <param name="Hash">Its hash; null where that chose nothing.</param>
/// <param name="By">What that was made of.</param>
internal readonly record struct Way(string? Port, uint? Hash, HashedBy By);

/// <summary>Flows on a bond.</summary>
public sealed class FlowTable
{
    private readonly Dictionary<XmitPolicy, uint[]> hashes = [];
    private readonly Dictionary<XmitPolicy, HashedBy[]> made = [];

    /// <param name="sending">The bond.</param>
    /// <param name="kernel">A kernel that has the bond's policy.</param>
    /// <param name="flows">The flows.</param>
    internal FlowTable(BondSending sending, KernelVersion kernel, ImmutableArray<Flow> flows)
    {
        (Sending, Kernel, Flows) = (sending, kernel, flows);
        Policies = [sending.Policy, .. XmitPolicies.All.Where(policy => policy != sending.Policy && kernel.Has(policy))];
        foreach (var policy in Policies)
        {
            var (sums, by) = (new uint[flows.Length], new HashedBy[flows.Length]);
            for (var at = 0; at < flows.Length; at++)
                sums[at] = XmitHash.Of(flows[at].Frame.Span, flows[at].Tag, policy, kernel, out by[at]);
            (hashes[policy], made[policy]) = (sums, by);
        }
    }

    internal BondSending Sending { get; }
    internal KernelVersion Kernel { get; }
    internal ImmutableArray<Flow> Flows { get; }

    /// <summary>The bond's own first, then the others that the kernel has.</summary>
    internal ImmutableArray<XmitPolicy> Policies { get; }

    /// <summary>Where a flow goes under a policy in a mode that hashes everything.</summary>
    internal Way Under(XmitPolicy policy, int flow)
    {
        var hash = hashes[policy][flow];
        return new(Sending.Usable.IsEmpty ? null : Sending.Usable[(int)(hash % (uint)Sending.Usable.Length)], hash, made[policy][flow]);
    }

    /// <summary>Where the bond sends a flow, its mode minded.</summary>
    internal Way Own(int flow)
    {
        var way = Under(Sending.Policy, flow);
        return Sending.Chooser switch
        {
            Chooser.Hash => way,
            Chooser.HashOrActive => Sending.Spreads(Flows[flow].Frame.Span) switch
            {
                true => way,
                false => new(Sending.Active, null, HashedBy.Nothing),
                null => default,
            },
            Chooser.Active => new(Sending.Active, null, HashedBy.Nothing),
            _ => default,
        };
    }

    /// <summary>The flows that go over each usable port.</summary>
    /// <param name="policy">Under this policy; null for the bond as it is.</param>
    internal Spread SpreadOf(XmitPolicy? policy)
    {
        var counts = new long[Sending.Usable.Length];
        for (var flow = 0; flow < Flows.Length; flow++)
            if ((policy is { } other ? Under(other, flow) : Own(flow)).Port is { } port)
                counts[Sending.Usable.IndexOf(port)]++;
        return new([.. counts]);
    }

    /// <summary>How many flows had less than the policy looks for: only addresses where it wants ports, or not even these.</summary>
    internal (long Addresses, long Less) Short(XmitPolicy policy) =>
        policy is XmitPolicy.Layer2 or XmitPolicy.VlanSrcMac ? (0, 0) : (policy.TakesPorts() ? made[policy].LongCount(by => by == HashedBy.Addresses) : 0, made[policy].LongCount(by => by is HashedBy.Macs or HashedBy.Nothing));

    /// <summary>What a flow's hash was made of where that is less than the policy looks for, in a word; empty elsewhere.</summary>
    internal static string Lacks(XmitPolicy policy, Way way) =>
        way.Hash is null || policy is XmitPolicy.Layer2 or XmitPolicy.VlanSrcMac ? "" : way.By switch
        {
            HashedBy.Addresses when policy.TakesPorts() => "ip",
            HashedBy.Macs => "mac",
            HashedBy.Nothing => "none",
            _ => "",
        };

    internal static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * 100, MidpointRounding.AwayFromZero)}%");
}
