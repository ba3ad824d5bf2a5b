// The forwarding database (net/bridge/br_fdb.c): which port an address in a VLAN was last seen at. Slots are probed one after the
// other, and what is taken out lets those behind it move up, so that looking costs no more after years than at first. It grows
// where addresses become more, and allocates at no other time.

namespace Weft.Twin.Packets.Bridges;

[Flags]
internal enum FdbFlags : byte
{
    None = 0,

    /// <summary>BR_FDB_LOCAL: the bridge's own; frames to it go up.</summary>
    Local = 1,

    /// <summary>BR_FDB_STATIC: it does not age. It still moves to another port where a frame says so.</summary>
    Static = 2,

    /// <summary>BR_FDB_STICKY: it does not move.</summary>
    Sticky = 4,

    /// <summary>BR_FDB_ADDED_BY_USER.</summary>
    ByUser = 8,
}

/// <summary>An entry as `bridge -s fdb` would show it.</summary>
/// <param name="Vlan">0 where the bridge keeps no VLANs apart.</param>
/// <param name="Port">Null where it is the bridge itself.</param>
/// <param name="Age">Nanoseconds since a frame came from that address.</param>
internal readonly record struct FdbRow(ulong Mac, int Vlan, BridgePort? Port, long Age, FdbFlags Flags);

/// <summary>What came of a frame's source address.</summary>
internal enum Lesson
{
    Refreshed,
    New,
    Moved,

    /// <summary>It is one of the bridge's own addresses.</summary>
    Own,

    /// <summary>fdb_max_learned is reached.</summary>
    Full,
}

internal sealed class Fdb
{
    private const ulong Golden = 0x9e3779b97f4a7c15;

    private Slot[] slots = new Slot[64];
    private int shift = 64 - 6;

    private struct Slot
    {
        /// <summary>The MAC above 12 bits of VLAN; 0 where the slot is empty, which no address is.</summary>
        public ulong Key;
        public long Updated;
        public BridgePort? Port;
        public FdbFlags Flags;
    }

    public int Count { get; private set; }

    /// <summary>Those that a frame brought and that age.</summary>
    public int Learned { get; private set; }

    /// <summary>Where an address is.</summary>
    /// <param name="port">Null for the bridge's own.</param>
    public bool Find(ulong mac, int vlan, out BridgePort? port, out bool isLocal)
    {
        ref var slot = ref slots[At(KeyOf(mac, vlan))];
        (port, isLocal) = (slot.Port, Is(slot.Flags, FdbFlags.Local));
        return slot.Key != 0;
    }

    /// <summary>br_fdb_update: a frame with this source came by a port.</summary>
    /// <param name="most">How many may be learned; 0 is no limit.</param>
    /// <param name="before">The port where it was, of one that moved.</param>
    public Lesson Learn(ulong mac, int vlan, BridgePort port, long now, int most, out BridgePort? before)
    {
        var key = KeyOf(mac, vlan);
        ref var slot = ref slots[At(key)];
        before = slot.Port;
        if (slot.Key == 0)
        {
            if (most > 0 && Learned >= most)
                return Lesson.Full;
            Put(key, port, FdbFlags.None, now);
            return Lesson.New;
        }
        if (Is(slot.Flags, FdbFlags.Local))
            return Lesson.Own;
        slot.Updated = now;
        if (slot.Port == port || Is(slot.Flags, FdbFlags.Sticky))
            return Lesson.Refreshed;
        slot.Port = port;
        return Lesson.Moved;
    }

    /// <summary>An entry that no frame brought; it takes the place of what was learned. Of two local ones the first stays (fdb_add_local).</summary>
    public void Add(ulong mac, int vlan, BridgePort? port, FdbFlags flags, long now)
    {
        var key = KeyOf(mac, vlan);
        if (mac == 0)
            return;
        var at = At(key);
        if (slots[at].Key != 0)
        {
            if (!Is(flags, FdbFlags.ByUser) && Is(slots[at].Flags, FdbFlags.Local))
                return;
            Take(at);
        }
        Put(key, port, flags, now);
    }

    /// <summary>br_fdb_delete_by_port: what was learned at a port goes, what was told stays.</summary>
    /// <param name="port">The port.</param>
    /// <param name="vlan">The only VLAN that is meant: of one that the port leaves (nbp_vlan_delete).</param>
    public void Flush(BridgePort port, int? vlan = null)
    {
        for (var at = 0; at < slots.Length; at++)
            while (slots[at].Key != 0 && slots[at].Port == port && !Is(slots[at].Flags, FdbFlags.Static) && (vlan is null || (slots[at].Key & 0xfff) == (uint)vlan))
                Take(at);
    }

    /// <summary>The bridge's own addresses that nobody told it go, to be entered anew.</summary>
    public void ForgetOwn()
    {
        for (var at = 0; at < slots.Length; at++)
            while (slots[at].Key != 0 && (slots[at].Flags & (FdbFlags.Local | FdbFlags.ByUser)) == FdbFlags.Local)
                Take(at);
    }

    /// <summary>br_fdb_cleanup: what no frame came from for so long goes.</summary>
    /// <returns>How long until the next one would; the hold time where there is none.</returns>
    public long Collect(long now, long hold)
    {
        var next = hold;
        for (var at = 0; at < slots.Length; at++)
            while (slots[at].Key != 0 && !Is(slots[at].Flags, FdbFlags.Static))
            {
                var left = slots[at].Updated + hold - now;
                if (left > 0)
                {
                    next = Math.Min(next, left);
                    break;
                }
                Take(at);
            }
        return next;
    }

    /// <summary>All entries, by MAC and VLAN.</summary>
    public IReadOnlyList<FdbRow> Rows(long now) =>
        [.. slots.Where(slot => slot.Key != 0).OrderBy(slot => slot.Key).Select(slot => new FdbRow(slot.Key >> 12, (int)(slot.Key & 0xfff), slot.Port, now - slot.Updated, slot.Flags))];

    private static bool Is(FdbFlags flags, FdbFlags one) => (flags & one) == one;

    private static ulong KeyOf(ulong mac, int vlan) => (mac << 12) | (uint)vlan;

    /// <summary>The slot of a key, or the empty one where it would go.</summary>
    private int At(ulong key)
    {
        var at = (int)((key * Golden) >> shift);
        while (slots[at].Key != key && slots[at].Key != 0)
            at = (at + 1) & (slots.Length - 1);
        return at;
    }

    private void Put(ulong key, BridgePort? port, FdbFlags flags, long now)
    {
        if ((Count + 1) * 2 > slots.Length)
            Widen();
        slots[At(key)] = new() { Key = key, Port = port, Flags = flags, Updated = now };
        Count++;
        Learned += !Is(flags, FdbFlags.Static) ? 1 : 0;
    }

    /// <summary>Empties a slot; those behind it that could not have its place before get it now.</summary>
    private void Take(int hole)
    {
        Count--;
        Learned -= !Is(slots[hole].Flags, FdbFlags.Static) ? 1 : 0;
        var mask = slots.Length - 1;
        for (var at = (hole + 1) & mask; slots[at].Key != 0; at = (at + 1) & mask)
        {
            var home = (int)((slots[at].Key * Golden) >> shift);
            if (((at - home) & mask) < ((at - hole) & mask))
                continue;
            slots[hole] = slots[at];
            hole = at;
        }
        slots[hole] = default;
    }

    private void Widen()
    {
        var before = slots;
        slots = new Slot[before.Length * 2];
        shift--;
        foreach (var slot in before)
            if (slot.Key != 0)
                slots[At(slot.Key)] = slot;
    }
}
