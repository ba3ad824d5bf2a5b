// One end of a link as LACP knows it: of which system, which port, with which key, in which state.

using System.Runtime.InteropServices;

namespace Weft.Twin.Packets.Bonds.Lacp;

/// <param name="SystemPriority">The lower one's choice of ports counts.</param>
/// <param name="System">A MAC; 0 where nobody has answered.</param>
/// <param name="Key">Ports of one system with one key may aggregate.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Party(ushort SystemPriority, ulong System, ushort Key, ushort PortPriority, ushort Port, LacpState State)
{
    public const ushort UsualSystemPriority = 65535, UsualPortPriority = 255;

    /// <summary>A partner that has not been heard of (the template of ad_initialize_port).</summary>
    public static Party Nobody { get; } = new(UsualSystemPriority, 0, 1, UsualPortPriority, 1, LacpState.None);

    /// <summary>Whether both are the same end of a link, whatever they say of its state but for whether it may aggregate.</summary>
    public bool IsSameEnd(in Party other) => IsSamePort(other) && !Differs(other, LacpState.Aggregation);

    /// <summary>Whether they differ in one of these bits.</summary>
    public bool Differs(in Party other, LacpState bits) => ((State ^ other.State) & bits) != LacpState.None;

    public bool Says(LacpState bits) => (State & bits) != LacpState.None;

    private bool IsSamePort(in Party other) =>
        (Port, PortPriority, System, SystemPriority, Key) == (other.Port, other.PortPriority, other.System, other.SystemPriority, other.Key);
}
