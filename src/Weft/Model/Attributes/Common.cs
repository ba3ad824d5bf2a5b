// Shapes that many lines of the table share.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

internal static class Common
{
    public static readonly FlagShape Flag = new();
    public static readonly LinkName Name = new();
    public static readonly Count Milliseconds = new(0, int.MaxValue, Unit.Milliseconds);
    public static readonly Count Byte = new(0, 255);
    public static readonly Count Positive = new(0, uint.MaxValue);

    /// <summary>What the kernel keeps in its own ticks and netlink tells in 1/100 s (USER_HZ).</summary>
    public static Count Hundredths(long least = 0, long most = uint.MaxValue) => new(least, most, Unit.Hundredths);

    /// <summary>A switch that is off, or on, where nobody said anything.</summary>
    public static Attribute Switch(string name, LinkKind kind, Home home, bool usual, string doc) =>
        new(name, Flag, home, Change.Live, doc) { Kinds = [kind], Default = _ => Value.Of(usual) };

    /// <summary>A number with a default.</summary>
    public static Attribute Number(string name, LinkKind kind, Home home, Count shape, long usual, string doc) =>
        new(name, shape, home, Change.Live, doc) { Kinds = [kind], Default = _ => Value.Of(usual) };
}
