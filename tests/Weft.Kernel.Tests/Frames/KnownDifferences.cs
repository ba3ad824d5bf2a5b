// What the twin is known to do otherwise than a kernel, a line each: on which kernel, why, a host on which it shows, and what each of them answers there. A line
// that shows no difference any more goes. What is chance on a kernel is no line: it differs today and agrees tomorrow (docs/lab/twin.md says those).

using System.Globalization;
using System.Net;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Kernel.Tests.Frames;

/// <summary>A host h at a switch sw1, and a question of it.</summary>
/// <param name="Kernel">The kernel on which it was seen, as its release begins.</param>
/// <param name="Reason">Why the twin does otherwise.</param>
/// <param name="File">The host file.</param>
/// <param name="Ask">The question as a script for bash, in which h, sw1 and g0 stand for their namespaces as $h, $sw1 and $g0, and $port for the switch's end of eth0; it says one word.</param>
/// <param name="Twin">The same question of the twin, a word too.</param>
/// <param name="OnKernel">What the kernel answers.</param>
/// <param name="OnTwin">What the twin answers.</param>
internal sealed record KnownDifference(string Kernel, string Reason, string File, string Ask, Func<Watched, string> Twin, string OnKernel, string OnTwin);

internal static class KnownDifferences
{
    private const string Cabling = "\ncabling: {eth0: {switch: sw1, native: 1}}\nswitches: {sw1: {mtu: 1500, addresses: {1: [10.0.0.1/24, \"2001:db8::1/64\"]}}}\n";

    public static readonly SortedDictionary<string, KnownDifference> All = new(StringComparer.Ordinal)
    {
        ["a VXLAN"] = new("6.1", "the twin carries no frames over VXLANs and other tunnels",
            """
            host: h
            nics: {eth0: {addresses: [10.0.0.11/24]}}
            vxlans: {vx5: {id: 5, link: eth0, local: 10.0.0.11, remote: 10.0.0.1, port: 4789, mtu: 1400, addresses: [10.5.0.11/24]}}

            """ + Cabling,
            Sent("udp port 4789", "$h ping -c 5 10.5.0.1"),
            watched => watched.Sends("h", "10.5.0.1", frame => frame.EtherType == Ethernet.Ip4 && frame.Payload[9] == 17),
            "sent", "not sent"),
        ["fragments of IPv6"] = new("6.1", "the twin takes IPv4 packets to pieces and puts them together, and IPv6 packets not yet",
            """
            host: h
            nics: {eth0: {addresses: [10.0.0.11/24, "2001:db8::11/64"]}}

            """ + Cabling,
            "ip netns exec $h ping -c 3 -i 0.3 -W 1 -s 3000 2001:db8::1 >/dev/null && echo answered || echo 'not answered'",
            watched => watched.Asks("h", "2001:db8::1", 3000),
            "answered", "not answered"),
        ["solicitations of routers"] = new("6.1", "no machine of the twin looks for a router, since none of its machines is one that says so",
            """
            host: h
            nics: {eth0: {addresses: [10.0.0.11/24]}}

            """ + Cabling,
            "ip netns exec $h awk '$1 == \"Icmp6OutRouterSolicits\" { print ($2 > 0 ? \"sent\" : \"not sent\") }' /proc/net/snmp6",
            watched => watched.SinceStart(frame => frame.EtherType == Ethernet.Ip6 && frame.Payload[6] == 58 && frame.Payload[40] == 133),
            "sent", "not sent"),
        ["neigh_suppress"] = new("6.1", "the twin's bridge answers nobody for a neighbour that it knows, and floods ARP over ports with neigh_suppress as over others",
            """
            host: h
            nics: {eth0: {}}
            bridges: {br0: {ports: {eth0: {neigh_suppress: true}}, addresses: [10.0.0.11/24]}}
            guests: {g0: {nics: [{bridge: br0, addresses: [10.0.0.21/24]}]}}

            """ + Cabling,
            $"ip netns exec $h ping -c 1 10.0.0.1 >/dev/null; {Sent("arp[6:2] = 1 and src host 10.0.0.21", "$g0 ping -c 3 10.0.0.1")}",
            watched =>
            {
                watched.Asks("h", "10.0.0.1");
                return watched.Sends("g0", "10.0.0.1", frame => IsArpRequest(frame) && frame.Payload[17] == 21);
            },
            "not sent", "sent"),
        ["an address that ends"] = new("6.1", "lifetimes do not run on the twin: its state has no clock",
            """
            host: h
            nics: {eth0: {addresses: [{address: 10.0.0.11/24, valid_lft: 12, preferred_lft: 12}]}}

            """ + Cabling,
            "sleep 12; ip netns exec $sw1 ping -c 3 -i 0.3 -W 1 10.0.0.11 >/dev/null && echo answered || echo 'not answered'",
            watched => watched.Asks("sw1", "10.0.0.11"),
            "not answered", "answered"),
    };

    /// <summary>Whether a frame like this comes to the switch while somebody asks.</summary>
    private static string Sent(string filter, string asking) =>
        $"(sleep 1; ip netns exec {asking} >/dev/null 2>&1) & n=$(timeout 6 ip netns exec $sw1 tcpdump -nn -l -Q in -i $port '{filter}' 2>/dev/null | grep -c .); [ $n -gt 0 ] && echo sent || echo 'not sent'";

    private static bool IsArpRequest(Frame frame) => frame.EtherType == Ethernet.Arp && frame.Payload[7] == 1;
}

/// <summary>A scene of the twin of which questions are asked.</summary>
internal sealed class Watched
{
    private readonly Scene scene;
    private readonly FrameCase @case;
    private readonly List<(double At, Frame Frame)> sent = [];

    public Watched(FrameCase @case)
    {
        var (made, findings) = Scene.Of([@case.Host]);
        (scene, this.@case) = (made.ShouldNotBeNull(string.Join('\n', findings)), @case);
        var cord = scene.Cords.Single(pair => pair.Cord.Nic == "eth0");
        cord.Cable.Tap = (frame, from) =>
        {
            if (from.Machine.Name != @case.Host.Name)
                return;
            var copy = new Frame();
            copy.CopyOf(frame);
            sent.Add((scene.World.Time.Now / (double)VirtualTime.Second, copy));
        };
        scene.Settle().ShouldBeTrue("frames go round and round");
    }

    /// <summary>When frames like this leave over eth0 in so many seconds.</summary>
    public IReadOnlyList<double> Leaving(double seconds, Func<Frame, bool> like)
    {
        sent.Clear();
        Pass(seconds);
        return [.. sent.Where(one => like(one.Frame)).Select(one => one.At)];
    }

    /// <summary>Whether a frame like this left over eth0 since the scene began.</summary>
    public string SinceStart(Func<Frame, bool> like) => Word(sent.Exists(one => like(one.Frame)), "sent");

    /// <summary>Whether a frame like this leaves over eth0 while somebody asks.</summary>
    public string Sends(string from, string address, Func<Frame, bool> like)
    {
        sent.Clear();
        Asks(from, address);
        return SinceStart(like);
    }

    public string Asks(string from, string address, int size = 56)
    {
        var ping = new Ping(scene.Machine($"{from}-{@case.Number}")!, IPAddress.Parse(address)) { Every = (long)(0.3 * VirtualTime.Second), Size = size, MayFragment = true };
        ping.Start();
        Pass(0.8);
        ping.Stop();
        Pass(4);
        return Word(ping.Answered > 0, "answered");
    }

    private static string Word(bool so, string word) => so ? word : $"not {word}";

    private void Pass(double seconds) => scene.World.Time.RunUntil(scene.World.Time.Now + (long)(seconds * VirtualTime.Second));
}
