// One walk over a region finds the last attribute of each type, as the kernel's own nla_parse does; a set's lines then
// look theirs up. Types beyond the table (none in today's kernels) are found by walking again.
// Invariant: every offset kept here has been checked against the region, so what Find returns is inside it.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weft.Netlink;

internal ref struct AttributeIndex
{
    private const int Known = 80;
    private readonly ReadOnlySpan<byte> _region;
    private Slots _slots;

    public AttributeIndex(ReadOnlySpan<byte> region, scoped ref int budget, out WireError error)
    {
        _region = region;
        error = default;
        var position = 0;
        while (Next(region, ref position, ref budget, out var found, out error))
            if (found.Type < Known)
                _slots[found.Type] = found.Start + 1;
    }

    public readonly ReadOnlySpan<byte> Region => _region;

    public readonly bool Find(ushort type, scoped ref int budget, out Attribute found)
    {
        found = default;
        if (type < Known)
        {
            var start = _slots[type] - 1;
            if (start < 0) return false;
            return Next(_region, ref start, ref budget, out found, out _);
        }

        var position = 0;
        var any = false;
        while (Next(_region, ref position, ref budget, out var candidate, out _))
        {
            if (candidate.Type != type) continue;
            found = candidate;
            any = true;
        }

        return any;
    }

    // Steps to the next attribute; false at the end of the region and at the first one whose length is not possible.
    public static bool Next(ReadOnlySpan<byte> region, scoped ref int position, scoped ref int budget, out Attribute found, out WireError error)
    {
        found = default;
        error = default;
        if (position >= region.Length) return false;
        if (--budget < 0)
        {
            error = new WireError(WireFault.TooLong, position, "");
            return false;
        }

        var rest = region[position..];
        var length = rest.Length < Layout.AttributeHeader ? 0 : MemoryMarshal.Read<ushort>(rest);
        if (length < Layout.AttributeHeader || length > rest.Length)
        {
            error = new WireError(WireFault.BadLength, position, "");
            return false;
        }

        var type = (ushort)(MemoryMarshal.Read<ushort>(rest[2..]) & Layout.TypeMask);
        found = new Attribute(type, position, length);
        position += Layout.Align(length);
        return true;
    }

    [InlineArray(Known)]
    private struct Slots
    {
        private int _first;
    }
}

internal readonly record struct Attribute(ushort Type, int Start, int Length)
{
    public int PayloadStart => Start + Layout.AttributeHeader;

    public int PayloadLength => Length - Layout.AttributeHeader;
}
