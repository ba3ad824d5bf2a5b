// What a bridge port does with frames (BR_STATE_*, with the kernel's numbers).

namespace Weft.Twin.Packets.Bridges.SpanningTree;

internal enum PortState : byte
{
    Disabled = 0,

    /// <summary>It hears BPDUs and nothing else, as while blocking, on its way to forwarding.</summary>
    Listening = 1,

    /// <summary>It learns addresses, and forwards nothing.</summary>
    Learning = 2,
    Forwarding = 3,
    Blocking = 4,
}
