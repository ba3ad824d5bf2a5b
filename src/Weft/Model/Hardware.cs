// What a NIC's driver says that it could do, as far as it was asked. It is a part of an observed link's state: what a file wants
// is held against it before anything is sent, and nothing of it is ever wanted.

using System.Collections.Immutable;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Model;

/// <summary>A NIC's abilities.</summary>
public sealed record Hardware
{
    /// <summary>The attributes that the driver was asked for.</summary>
    public ImmutableArray<Attribute> Asked { get; init; } = [];

    /// <summary>Of these, those that it has no operation for, or that cannot be set.</summary>
    public ImmutableArray<Attribute> Lacks { get; init; } = [];

    /// <summary>The most that it takes, by attribute and key: `rings.rx`.</summary>
    public ImmutableDictionary<string, long> Most { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Features that nobody can change here, and whether each is on.</summary>
    public Fields Fixed { get; init; } = Fields.Empty;

    /// <summary>The modes in which it can talk; empty where the driver names none.</summary>
    public ImmutableArray<string> Modes { get; init; } = [];
}
