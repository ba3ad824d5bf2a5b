// The chain in the twin: a machine for each bridge, cables between them.

using System.Diagnostics;
using Weft.Model;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Cable = Weft.Twin.Packets.Links.Cable;

namespace Weft.Bench.Carrying;

internal sealed class TwinChain
{
    private const int Burst = 64;

    private readonly Chain chain;
    private readonly World world = new();
    private readonly Nic sender, sink;
    private readonly List<Nic> leaves = [];
    private readonly BridgePortOptions port;
    private ulong macs = 0x0200_0000_1000;

    public TwinChain(Chain chain)
    {
        this.chain = chain;
        port = chain.Vlan > 0 ? new() { Vlans = VlanTable.Of([new(1, 1, Pvid: true, Untagged: true), new(chain.Vlan, chain.Vlan)]) } : new();
        (sender, sink) = (End("sender", Chain.Sender), End("sink", Chain.Sink));
        var bridges = Enumerable.Range(1, Chain.Bridges).Select(at => new Bridge(new Machine(world, $"m{at}"), "br0", 1, chain.Bridge)).ToList();
        var before = sender;
        foreach (var bridge in bridges)
        {
            _ = new Cable(before, Port(bridge));
            before = Port(bridge);
            for (var at = 0; at < chain.Leaves; at++)
            {
                leaves.Add(End($"leaf{leaves.Count}", macs++));
                _ = new Cable(leaves[^1], Port(bridge));
            }
        }
        _ = new Cable(before, sink);
        foreach (var bridge in bridges)
        {
            foreach (var one in bridge.Ports)
                one.Device.Open();
            bridge.Open();
        }
        foreach (var end in leaves.Append(sender).Append(sink))
            end.Open();
        // All bridges learn where the sink is, and where the leaves are not.
        Send(sink, Ethernet.Broadcast);
        Run();
    }

    /// <summary>Carries so many frames, and allocates nothing meanwhile.</summary>
    /// <returns>Milliseconds, and bytes that were allocated.</returns>
    public (double Wall, long Allocated) Carry(int count)
    {
        var before = Arrived();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < count;)
        {
            for (var most = Math.Min(count, sent + Burst); sent < most; sent++)
                Send(sender, chain.Target);
            Run();
        }
        var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (Arrived() - before != (long)count * (1 + leaves.Count) || sink.Received < count || world.Frames.Out != 0)
            throw new InvalidOperationException($"of {count} frames {Arrived() - before} arrived at {1 + leaves.Count} ends, and {world.Frames.Out} are still out");
        return (wall, bytes);
    }

    private long Arrived() => sink.Received + leaves.Sum(leaf => leaf.Received);

    private void Send(Nic from, ulong to)
    {
        var frame = world.Frames.Rent();
        frame.Begin(chain.Length, Ethernet.Shortest);
        (frame.Destination, frame.Source, frame.EtherType) = (to, from.Mac, Chain.Protocol);
        if (chain.Vlan > 0)
        {
            frame.Tag = chain.Vlan;
            frame.PushTag();
        }
        from.Send(frame);
    }

    private void Run() => world.Time.RunUntil(world.Time.Now + ((Chain.Bridges + 1) * VirtualTime.OnCable));

    private Nic End(string name, ulong mac)
    {
        var nic = new Nic(new Machine(world, name), "eth0", 1);
        nic.StartWith(mac);
        return nic;
    }

    private Nic Port(Bridge bridge)
    {
        var nic = new Nic(bridge.Machine, $"p{bridge.Ports.Count}", 2 + bridge.Ports.Count);
        nic.StartWith(macs++);
        bridge.Join(nic, port);
        return nic;
    }
}
