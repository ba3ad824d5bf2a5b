// Balancing what is received (rlb_*): IPv4 neighbours are told different MACs for the same address of ours, so that each sends to another port. It is
// done by rewriting the ARP that this machine sends, and by replies that nobody asked for. A question of ours is a broadcast from the active port's MAC and
// so undoes it for all who hear it: two seconds later they are told again.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Neighbours;

namespace Weft.Twin.Packets.Bonds.Alb;

internal sealed class ClientTable(Bond bond)
{
    /// <summary>RLB_ARP_BURST_SIZE.</summary>
    private const int Burst = 2;

    /// <summary>RLB_UPDATE_DELAY and RLB_UPDATE_RETRY.</summary>
    private const int Delay = 2 * Balancing.TicksPerSecond, Retries = 3;

    private readonly Client[] clients = new Client[256];

    /// <summary>The last one that came stands first.</summary>
    private readonly List<int> used = new(256);

    private BondPort? last;
    private bool isStale, isUneven;
    private int delay, retries;

    /// <summary>rlb_initialize.</summary>
    public void Forget()
    {
        Array.Clear(clients);
        used.Clear();
        (isStale, delay, retries) = (false, 0, 0);
    }

    public BondPort? PortOf(uint client) => clients[Index(client)] is { IsUsed: true } found && found.Theirs == client ? found.Port : null;

    private static int Index(uint address) => (int)((address ^ (address >> 8) ^ (address >> 16) ^ (address >> 24)) & 0xff);

    /// <summary>ARP that leaves (rlb_arp_xmit): the port that it takes, its sender's MAC put right; null where it is none of ours, which the active port sends as it is.</summary>
    public BondPort? Sending(Frame frame)
    {
        if (!ArpFrame.IsIn(frame) || !IsOfPort(ArpPacket.SenderMac(frame.Payload)))
            return null;
        if (!bond.World.Kernel.BalancesArpOfBridges && bond.Routes?.OwnerOf(ArpPacket.SenderBytes(frame.Payload)) is Bridge)
            return null;
        switch (ArpPacket.Operation(frame.Payload))
        {
            case ArpPacket.Reply:
                if (Assign(frame) is not { } port)
                    return null;
                ArpPacket.PutSenderMac(frame.Payload, port.Device.Mac);
                if (frame.IsWatched)
                    bond.World.Note(frame, bond, "rewrote", $"the reply says that this address is at {Ethernet.Print(port.Device.Mac)}, the MAC of {port}");
                return port;
            case ArpPacket.Request:
                var asking = Assign(frame);
                delay = Delay;
                foreach (var index in used)
                {
                    ref var client = ref clients[index];
                    if (client.Port is { } told && client.Ours == ArpPacket.Sender(frame.Payload) && told.Device.Mac != bond.Mac)
                        Stale(ref client);
                }
                return asking;
            default:
                return null;
        }
    }

    private bool IsOfPort(ulong mac)
    {
        foreach (var port in bond.Ports)
            if (port.Device.Mac == mac)
                return true;
        return false;
    }

    /// <summary>rlb_choose_channel.</summary>
    private BondPort? Assign(Frame frame)
    {
        var (ours, theirs, mac) = (ArpPacket.Sender(frame.Payload), ArpPacket.Target(frame.Payload), ArpPacket.TargetMac(frame.Payload));
        var index = Index(theirs);
        ref var client = ref clients[index];
        if (client.IsUsed && client.Ours == ours && client.Theirs == theirs)
        {
            if (mac != Ethernet.Broadcast)
                client.Mac = mac;
            client.OurMac = ArpPacket.SenderMac(frame.Payload);
            if (client.Port is { } known)
                return known;
        }
        else if (client.IsUsed && bond.Active is { } active && client.Port != active)
        {
            // Another client wants its place: the one that leaves is told of the port that everybody may send to.
            client.Port = active;
            Tell(client);
        }
        if (Next() is not { } port)
            return null;
        if (!client.IsUsed)
            used.Insert(0, index);
        client = new()
        {
            IsUsed = true, Ours = ours, Theirs = theirs, Mac = mac, OurMac = ArpPacket.SenderMac(frame.Payload), Port = port, Tag = frame.Tag < 0 ? (ushort)0 : (ushort)frame.Tag,
        };
        Stale(ref client);
        return port;
    }

    /// <summary>rlb_next_rx_slave: the fastest that can send behind the last one, or before it where that is faster.</summary>
    private BondPort? Next()
    {
        BondPort? before = null, behind = null;
        var passed = false;
        foreach (var port in bond.Ports)
        {
            if (!port.CanSend)
                continue;
            if (!passed && (before is null || before.Device.Speed < port.Device.Speed))
                before = port;
            else if (passed && (behind is null || behind.Device.Speed < port.Device.Speed))
                behind = port;
            passed |= port == last;
        }
        if (behind is null || (before is not null && behind.Device.Speed < before.Device.Speed))
            behind = before;
        return behind is null ? null : last = behind;
    }

    /// <summary>ARP that arrives (rlb_arp_recv).</summary>
    public void Received(Frame frame)
    {
        if (!ArpFrame.IsIn(frame))
            return;
        var (sender, mac) = (ArpPacket.Sender(frame.Payload), ArpPacket.SenderMac(frame.Payload));
        // An address that was ours is another machine's now: nobody is to be told of it any more.
        for (var i = used.Count - 1; i >= 0; i--)
            if (clients[used[i]] is var known && known.Ours == sender && known.OurMac != mac)
            {
                clients[used[i]] = default;
                used.RemoveAt(i);
            }
        if (ArpPacket.Operation(frame.Payload) != ArpPacket.Reply)
            return;
        ref var client = ref clients[Index(sender)];
        if (!client.IsUsed || client.Ours != ArpPacket.Target(frame.Payload) || client.Theirs != sender || client.Mac == mac)
            return;
        client.Mac = mac;
        Stale(ref client);
    }

    /// <summary>It is to be told, if its MAC is known.</summary>
    private bool Stale(ref Client client)
    {
        if (client.Mac == 0 || Ethernet.IsGroup(client.Mac))
            return false;
        return client.IsStale = isStale = true;
    }

    /// <summary>rlb_clear_slave: the clients of a port that failed take others.</summary>
    public void Clear(BondPort port)
    {
        foreach (var index in used)
        {
            ref var client = ref clients[index];
            if (client.Port != port)
                continue;
            client.Port = Next();
            if (client.Port is not null && Stale(ref client))
                retries = Retries;
        }
    }

    /// <summary>A port has another MAC: its clients are told (rlb_req_update_slave_clients).</summary>
    public void Moved(BondPort port)
    {
        foreach (var index in used)
        {
            ref var client = ref clients[index];
            if (client.Port == port && Stale(ref client))
                retries = Retries;
        }
    }

    /// <summary>A port came: at the next tick all clients are spread again.</summary>
    public void Unbalance() => isUneven = true;

    /// <summary>A tenth of a second passed (bond_alb_monitor).</summary>
    public void Tick()
    {
        if (isUneven)
        {
            isUneven = false;
            foreach (var index in used)
                if (Next() is { } port && clients[index].Port != port)
                {
                    clients[index].Port = port;
                    Stale(ref clients[index]);
                }
        }
        if (!isStale)
            return;
        if (delay > 0)
        {
            delay--;
            return;
        }
        foreach (var index in used)
        {
            ref var client = ref clients[index];
            if (!client.IsStale)
                continue;
            Tell(client);
            client.IsStale = retries > 0;
        }
        delay = Delay;
        if (retries > 0)
            retries--;
        else
            isStale = false;
    }

    /// <summary>rlb_update_client: replies that nobody asked for, over the port that the client is to send to.</summary>
    private void Tell(in Client client)
    {
        if (client.Port is not { } port || client.Mac == 0 || Ethernet.IsGroup(client.Mac))
            return;
        for (var i = 0; i < Burst; i++)
        {
            var frame = ArpFrame.New(bond.World, ArpPacket.Reply, client.Mac, (port.Device.Mac, client.Ours), (client.Mac, client.Theirs));
            frame.Tag = client.Tag == 0 ? Frame.NoTag : client.Tag;
            port.Device.Send(frame);
        }
    }
}
