// NHA_GROUP (linux/nexthop.h): struct nexthop_grp, 8 bytes, as many times as there are members.
// Surprise: the weight on the wire is one less than the weight; its high eight bits (since 6.12) lie where older kernels
// want a zero.
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>One member of a group.</summary>
/// <param name="Id">The nexthop object.</param>
/// <param name="Weight">Its share, from 1.</param>
public readonly record struct NexthopMember(uint Id, int Weight);

/// <summary>The members of a group. Equal by content.</summary>
public readonly struct NexthopGroup(ImmutableArray<NexthopMember> members) : IWireStruct<NexthopGroup>, IEquatable<NexthopGroup>
{
    private const int MemberSize = 8;

    /// <summary>In the kernel's order.</summary>
    public ImmutableArray<NexthopMember> Members => members.IsDefault ? [] : members;

    /// <inheritdoc/>
    public int Size => Members.Length * MemberSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out NexthopGroup value)
    {
        value = default;
        if (source.Length == 0 || source.Length % MemberSize != 0) return false;
        var members = ImmutableArray.CreateBuilder<NexthopMember>(source.Length / MemberSize);
        for (; source.Length > 0; source = source[MemberSize..])
            members.Add(new(MemoryMarshal.Read<uint>(source), (source[4] | source[5] << 8) + 1));
        value = new(members.MoveToImmutable());
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        foreach (var member in Members)
        {
            MemoryMarshal.Write(destination, member.Id);
            MemoryMarshal.Write(destination[4..], member.Weight - 1 & 0xffff);
            destination = destination[MemberSize..];
        }
    }

    /// <inheritdoc/>
    public bool Equals(NexthopGroup other) => Members.AsSpan().SequenceEqual(other.Members.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NexthopGroup other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Members.Length;

    /// <summary>Same members.</summary>
    public static bool operator ==(NexthopGroup left, NexthopGroup right) => left.Equals(right);

    /// <summary>Other members.</summary>
    public static bool operator !=(NexthopGroup left, NexthopGroup right) => !left.Equals(right);

    /// <summary>As `ip nexthop` prints them: `1,2/3,5`, weights of one left out.</summary>
    public override string ToString() => string.Join('/', Members.Select(member => member.Weight == 1 ? $"{member.Id}" : $"{member.Id},{member.Weight}"));
}
