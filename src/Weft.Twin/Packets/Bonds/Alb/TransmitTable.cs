// Which port each of 256 kinds of frames takes, by load (tlb_client_info): the first frame of a kind takes the port with most room left, and its kind stays there. Every
// ten seconds the table is emptied, and what each kind sent until then is what its next port is charged with at once.

namespace Weft.Twin.Packets.Bonds.Alb;

internal sealed class TransmitTable(Bond bond)
{
    private const int Size = 256;

    /// <summary>BOND_TLB_REBALANCE_INTERVAL, in seconds.</summary>
    public const int Interval = 10;

    private readonly BondPort?[] ports = new BondPort?[Size];
    private readonly long[] sent = new long[Size], history = new long[Size];
    private readonly List<long> loads = [];
    private long unbalanced;

    public void Joined(BondPort port)
    {
        while (loads.Count <= port.Number)
            loads.Add(0);
    }

    /// <summary>tlb_initialize.</summary>
    public void Forget()
    {
        Array.Clear(ports);
        Array.Clear(sent);
        Array.Clear(history);
    }

    /// <summary>The port that frames of this kind take (tlb_choose_channel); null where none can send.</summary>
    public BondPort? Choose(int kind, int length)
    {
        if (ports[kind] is not { } port)
        {
            if (WithMostRoom() is not { } found)
                return null;
            ports[kind] = port = found;
            loads[port.Number] += history[kind];
        }
        sent[kind] += length;
        return port;
    }

    /// <summary>Bytes that went over the active port without being balanced.</summary>
    public void Unbalanced(int length) => unbalanced += length;

    /// <summary>tlb_clear_slave: the kinds of one port look for another.</summary>
    /// <param name="port">The port.</param>
    /// <param name="remembers">What they sent is their history.</param>
    public void Clear(BondPort port, bool remembers)
    {
        for (var kind = 0; kind < Size; kind++)
        {
            if (ports[kind] != port)
                continue;
            ports[kind] = null;
            if (remembers)
                (history[kind], sent[kind]) = (1 + sent[kind] / Interval, 0);
        }
        loads[port.Number] = 0;
    }

    public void Rebalance()
    {
        foreach (var port in bond.Ports)
        {
            Clear(port, remembers: true);
            if (port == bond.Active)
                (loads[port.Number], unbalanced) = (unbalanced / Interval, 0);
        }
    }

    /// <summary>compute_gap: the speed in megabits, which count as 2^20 bits here, and the load in bytes.</summary>
    private BondPort? WithMostRoom()
    {
        var (best, most) = (default(BondPort), long.MinValue);
        foreach (var port in bond.Ports)
            if (port.CanSend && (port.Device.Speed << 20) - (loads[port.Number] << 3) is var room && room > most)
                (best, most) = (port, room);
        return best;
    }
}
