// What is carried, and through what: bridges in a row, a sender in front and a sink behind. Both contenders build it from this.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;

namespace Weft.Bench.Carrying;

/// <summary>One variant of the chain.</summary>
/// <param name="Word">Its word on the command line.</param>
/// <param name="Length">Of each frame, from the destination MAC on, without tag and check sequence.</param>
/// <param name="Vlan">The tag of each frame, whose VLAN the bridges filter; 0 without.</param>
/// <param name="Leaves">NICs beside the way at each bridge; where there are some, nobody knows the sink and every frame goes to each.</param>
internal sealed record Chain(string Word, string Title, int Length, int Vlan = 0, int Leaves = 0)
{
    public const int Bridges = 8;

    /// <summary>A protocol for experiments, which no stack takes (IEEE 802 local experimental 1).</summary>
    public const ushort Protocol = 0x88b5;

    public const ulong Sender = 0x0200_0000_0001, Sink = 0x0200_0000_0002, Nobody = 0x0200_0000_00ff;

    public static readonly IReadOnlyList<Chain> All =
    [
        new("plain", "learning bridges, 60 bytes", Ethernet.Shortest),
        new("long", "learning bridges, 1514 bytes", 1514),
        new("vlan", "VLAN-filtering bridges, a tagged VLAN, 60 bytes", Ethernet.Shortest, Vlan: 10),
        new("flood", "each bridge floods to three ports, 60 bytes", Ethernet.Shortest, Leaves: 2),
    ];

    public static Chain Of(string word) => All.First(chain => chain.Word == word);

    /// <summary>Cables over which a frame is carried, copies of it included.</summary>
    public int Hops => Bridges + 1 + (Bridges * Leaves);

    public ulong Target => Leaves > 0 ? Nobody : Sink;

    public BridgeOptions Bridge => new() { VlanFiltering = Vlan > 0, McastSnooping = false };
}
