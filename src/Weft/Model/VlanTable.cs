// The VLANs of a bridge port, or of the bridge itself: which are members, which one untagged frames belong to, which leave
// untagged. A table is a value: ranges in order, neighbours of one kind joined.

using System.Collections.Immutable;

namespace Weft.Model;

/// <summary>A run of VLANs that are treated alike.</summary>
/// <param name="Pvid">BRIDGE_VLAN_INFO_PVID: untagged frames that arrive belong to it (a run of one).</param>
/// <param name="Untagged">BRIDGE_VLAN_INFO_UNTAGGED: its frames leave without a tag.</param>
public sealed record VlanRun(int From, int To, bool Pvid = false, bool Untagged = false)
{
    public override string ToString() => (From == To ? $"{From}" : $"{From}-{To}") + (Pvid ? " pvid" : "") + (Untagged ? " untagged" : "");
}

/// <summary>A bridge port's VLANs. Equal by content.</summary>
public sealed class VlanTable : IEquatable<VlanTable>
{
    public static readonly VlanTable Empty = new([]);

    /// <summary>What a port has by itself: default_pvid of a bridge that nobody changed.</summary>
    public static readonly VlanTable Default = Of([new(1, 1, Pvid: true, Untagged: true)]);

    /// <summary>What a port has by itself in a bridge of this default_pvid; 0 is none.</summary>
    public static VlanTable OfDefault(int pvid) => pvid == 1 ? Default : pvid == 0 ? Empty : Of([new(pvid, pvid, Pvid: true, Untagged: true)]);

    private VlanTable(ImmutableArray<VlanRun> runs) => Runs = runs;

    /// <summary>In order, without overlap.</summary>
    public ImmutableArray<VlanRun> Runs { get; }

    /// <summary>A table of runs in any order; where two overlap, the later one holds. VLANs outside 1..4094 are dropped.</summary>
    public static VlanTable Of(IEnumerable<VlanRun> runs)
    {
        var all = runs as IReadOnlyList<VlanRun> ?? [.. runs];
        if (all.Count == 0)
            return Empty;
        if (all.Count == 1 && all[0] is { From: >= 1, To: <= 4094 } one && one.From <= one.To && (!one.Pvid || one.From == one.To))
            return new([one]);
        var each = new byte[4096];
        foreach (var run in all)
            for (var vlan = Math.Max(1, run.From); vlan <= Math.Min(4094, run.To); vlan++)
            {
                if (run.Pvid && Array.FindIndex(each, flags => (flags & 2) != 0) is >= 0 and var before)
                    each[before] &= unchecked((byte)~2); // One port has one PVID: the later one.
                each[vlan] = (byte)(1 | (run.Pvid ? 2 : 0) | (run.Untagged ? 4 : 0));
            }
        return Packed(each);
    }

    public bool Has(int vlan) => FlagsOf(vlan) is not null;

    public int? Pvid => Runs.Where(run => run.Pvid).Select(run => (int?)run.From).FirstOrDefault();

    /// <summary>This table with these runs in it; a new PVID takes the place of the old one, which stays a member.</summary>
    public VlanTable With(IEnumerable<VlanRun> runs) => Of([.. Runs, .. runs]);

    /// <summary>This table after its bridge was told another default_pvid (__br_vlan_set_default_pvid).</summary>
    public VlanTable WithDefaultPvid(int before, int pvid)
    {
        var had = OfDefault(before).Runs;
        var follows = before == 0 || Runs.Contains(had[0]);
        return pvid == before || !follows || (pvid > 0 && Has(pvid)) ? this : Without(had).With(OfDefault(pvid).Runs);
    }

    public VlanTable Without(IEnumerable<VlanRun> runs)
    {
        var each = Spread();
        foreach (var run in runs)
            for (var vlan = Math.Max(1, run.From); vlan <= Math.Min(4094, run.To); vlan++)
                each[vlan] = 0;
        return Packed(each);
    }

    /// <summary>The runs of this table that the other has not, or has with other flags.</summary>
    public ImmutableArray<VlanRun> Beyond(VlanTable other)
    {
        if (Equals(other))
            return [];
        var (each, there) = (Spread(), other.Spread());
        for (var vlan = 1; vlan < 4095; vlan++)
            if (each[vlan] == there[vlan])
                each[vlan] = 0;
        return Packed(each).Runs;
    }

    /// <summary>The runs of this table whose VLANs the other has not at all.</summary>
    public ImmutableArray<VlanRun> NotIn(VlanTable other)
    {
        var (each, there) = (Spread(), other.Spread());
        for (var vlan = 1; vlan < 4095; vlan++)
            if (there[vlan] != 0)
                each[vlan] = 0;
        return Packed(each).Runs;
    }

    /// <summary>The runs of this table whose VLANs the other has too.</summary>
    public ImmutableArray<VlanRun> Common(VlanTable other) => VlanTable.Of(NotIn(VlanTable.Of(NotIn(other)))).Runs;

    private VlanRun? FlagsOf(int vlan)
    {
        for (int first = 0, last = Runs.Length - 1; first <= last;)
        {
            var middle = (first + last) / 2;
            if (Runs[middle] is var run && run.From <= vlan && vlan <= run.To)
                return run;
            (first, last) = vlan < run.From ? (first, middle - 1) : (middle + 1, last);
        }
        return null;
    }

    private byte[] Spread()
    {
        var each = new byte[4096];
        foreach (var run in Runs)
            Array.Fill(each, (byte)(1 | (run.Pvid ? 2 : 0) | (run.Untagged ? 4 : 0)), run.From, run.To - run.From + 1);
        return each;
    }

    private static VlanTable Packed(byte[] each)
    {
        var runs = ImmutableArray.CreateBuilder<VlanRun>();
        for (var vlan = 1; vlan < 4095;)
        {
            var flags = each[vlan];
            var from = vlan++;
            if (flags == 0)
                continue;
            while (vlan < 4095 && each[vlan] == flags && (flags & 2) == 0)
                vlan++;
            runs.Add(new(from, vlan - 1, (flags & 2) != 0, (flags & 4) != 0));
        }
        return runs.Count == 0 ? Empty : new(runs.ToImmutable());
    }

    public bool Equals(VlanTable? other) => other is not null && Runs.AsSpan().SequenceEqual(other.Runs.AsSpan());
    public override bool Equals(object? obj) => Equals(obj as VlanTable);
    public override int GetHashCode() => Runs.Length;
    public override string ToString() => string.Join(", ", Runs);
}
