// A bond's mode makes some defaults others (`miimon`): whoever tells of a default tells those too.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>What the mode of a bond makes of defaults.</summary>
internal static class Defaults
{
    /// <summary>The defaults that are not the one of a bond without a mode, each with the modes that have it.</summary>
    public static ImmutableArray<(Value Value, ImmutableArray<string> Modes)> ByMode(Attribute line)
    {
        if (!line.Kinds.Contains(LinkKind.Bond) || line == BondLines.Mode || line.Default(Settings.Empty) is not { } usual)
            return [];
        var others = from mode in ((OneOf)BondLines.Mode.Shape).Words
                     let value = line.Default(Settings.Empty.With(BondLines.Mode, Value.Of(mode.Word)))
                     where value is not null && value != usual
                     group mode.Word by value;
        return [.. others.Select(group => (group.Key, group.ToImmutableArray()))];
    }
}
