// The ports of the modes that hash: which of the usable ones a frame takes.

using System.Globalization;
using Weft.Twin.Hashing;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal static class PortByHash
{
    /// <summary>bond_xmit_hash.</summary>
    public static uint Hash(Bond bond, Frame frame) => XmitHash.Of(frame.Bytes, frame.Tag < 0 ? XmitHash.NoTag : frame.Tag & 0xffff, bond.Options.XmitHashPolicy, bond.World.Kernel);

    /// <summary>The port that the hash says, or null where none is usable.</summary>
    public static BondPort? Choose(Bond bond, Frame frame)
    {
        var usable = bond.Usable;
        return usable.Length == 0 ? null : usable[(int)((Hash(bond, frame) + (ulong)bond.World.Shift) % (uint)usable.Length)];
    }

    /// <summary>Sends a frame over the port that the hash says.</summary>
    public static void Send(Bond bond, Frame frame)
    {
        if (Choose(bond, frame) is { } port)
            bond.SendOver(port, frame, frame.IsWatched ? Why(bond, frame) : "");
        else
            bond.World.Drop(frame, bond, "none of its ports is usable");
    }

    public static string Why(Bond bond, Frame frame)
    {
        var hash = Hash(bond, frame);
        return string.Create(CultureInfo.InvariantCulture, $"the hash {bond.Options.XmitHashPolicy.Word()} is 0x{hash:x8}, which modulo {bond.Usable.Length} usable ports is {hash % (uint)bond.Usable.Length} (the first is 0){(bond.World.Shift == 0 ? "" : $", and this flow's is {bond.World.Shift} more")}");
    }
}
