// The chain in the machine's own kernel, in the namespace of this process, where nothing else talks: no IPv6, no groups that a
// snooping bridge joins, and nothing of a bridge's frames handed to iptables.

using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Weft.Bench.Carrying;

internal sealed class KernelChain
{
    private readonly Chain chain;
    private readonly List<string> ends = ["sink"];

    public KernelChain(Chain chain)
    {
        this.chain = chain;
        foreach (var name in new[] { "all", "default" })
            File.WriteAllText($"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "1");
        foreach (var table in Directory.Exists("/proc/sys/net/bridge") ? Directory.GetFiles("/proc/sys/net/bridge", "bridge-nf-call-*") : [])
            File.WriteAllText(table, "0");
        Filters = chain.Vlan > 0 && Run("sh", "-c", "ip link add probe type bridge vlan_filtering 1 2>/dev/null") == 0;
        Build();
    }

    /// <summary>Whether its bridges filter VLANs. Some kernels are built without; theirs carry tagged frames as any others, which is less work.</summary>
    public bool Filters { get; }

    /// <summary>Has frames sent and waits until the last arrived, or none has for a second.</summary>
    /// <returns>Milliseconds; null where frames were lost.</returns>
    public double? Carry(int count, Action<int> send)
    {
        var before = ends.Select(Received).ToList();
        var start = Stopwatch.GetTimestamp();
        send(count);
        var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var (seen, still) = (-1L, 0);
        for (long now; (now = Received("sink") - before[0]) < count && still < 1000; seen = now)
        {
            still = now == seen ? still + 1 : 0;
            Thread.Sleep(1);
            wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return ends.Select(Received).Zip(before, (now, then) => now - then).All(arrived => arrived == count) ? wall : null;
    }

    /// <summary>The frame that is sent, with its tag among the bytes.</summary>
    public byte[] Frame(ulong to, ulong from)
    {
        var frame = new byte[chain.Length + (chain.Vlan > 0 ? 4 : 0)];
        BinaryPrimitives.WriteUInt64BigEndian(frame, to << 16);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(6), from << 16);
        var type = frame.AsSpan(12);
        if (chain.Vlan > 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(type, 0x8100_0000 | (uint)chain.Vlan);
            type = type[4..];
        }
        BinaryPrimitives.WriteUInt16BigEndian(type, Chain.Protocol);
        return frame;
    }

    private void Build()
    {
        var lines = new List<string> { "link add sender type veth peer name a1" };
        var vlans = new List<string>();
        for (var at = 1; at <= Chain.Bridges; at++)
        {
            var next = at == Chain.Bridges ? "sink" : $"a{at + 1}";
            lines.Add($"link add br{at} type bridge mcast_snooping 0{(Filters ? " vlan_filtering 1" : "")}");
            lines.Add($"link add z{at} type veth peer name {next}");
            string[] ports = [$"a{at}", $"z{at}", .. Enumerable.Range(0, chain.Leaves).Select(leaf => $"p{at}x{leaf}")];
            for (var leaf = 0; leaf < chain.Leaves; leaf++)
            {
                lines.Add($"link add {ports[2 + leaf]} type veth peer name leaf{at}x{leaf}");
                ends.Add($"leaf{at}x{leaf}");
            }
            lines.AddRange(ports.Select(port => $"link set {port} master br{at} up"));
            lines.Add($"link set br{at} up");
            vlans.AddRange(ports.Select(port => $"vlan add dev {port} vid {chain.Vlan}"));
        }
        lines.AddRange(ends.Append("sender").Select(end => $"link set {end} up"));
        Batch("ip", lines);
        if (Filters)
            Batch("bridge", vlans);
        // XDP's frames come in by the first port as from a card that polls.
        if (Run("ethtool", "-K", "a1", "gro", "on") != 0)
            throw new InvalidOperationException("ethtool would not turn GRO on");
    }

    private static void Batch(string tool, IEnumerable<string> lines)
    {
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, lines);
        var code = Run(tool, "-batch", file);
        File.Delete(file);
        if (code != 0)
            throw new InvalidOperationException($"{tool} -batch ended with {code}");
    }

    private static int Run(string program, params string[] arguments) => Child.Run(program, arguments).Code;

    private static long Received(string link) => long.Parse(File.ReadAllText($"/sys/class/net/{link}/statistics/rx_packets"), CultureInfo.InvariantCulture);
}
