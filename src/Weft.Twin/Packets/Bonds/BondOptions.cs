// A bond's options as frames meet them: read once from its attributes, in nanoseconds and polls.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Twin.Packets.Bonds;

internal sealed record BondOptions(string Mode)
{
    public static BondOptions Of(Device bond) => new(bond.Mode)
    {
        Miimon = bond.Number(BondLines.Miimon),
    };

    /// <summary>In milliseconds; 0: nobody polls.</summary>
    public long Miimon { get; init; }
}
