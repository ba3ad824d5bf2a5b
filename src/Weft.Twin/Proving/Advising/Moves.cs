// What may be changed, as one table. Each kind of move makes its changes from what the files say, and none knows a rule or what would refute it: which of
// them helps is found out by proving.

using Weft.Spec;

namespace Weft.Twin.Proving.Advising;

internal static class Moves
{
    /// <summary>Every kind, in the order in which people would think of them: of moves that are as good as each other the first is taken.</summary>
    private static readonly Func<Ground, IEnumerable<Move>>[] All =
    [
        BondMoves.Watching,
        BondMoves.Choosing,
        BondMoves.Modes,
        BondMoves.Ports,
        BridgeMoves.Of,
        SizeMoves.Of,
        EndMoves.Of,
        CableMoves.Vlans,
        CableMoves.Groups,
        CableMoves.Switches,
        SwitchMoves.Of,
    ];

    public static IReadOnlyList<Move> Of(Ground ground) => [.. All.SelectMany(kind => kind(ground)).DistinctBy(move => string.Join('\n', move.Changes.Select(change => $"{change.File} {change.Edit.GetType().Name} {string.Join('/', change.Edit.Path)} {Written(change.Edit)}")))];

    private static string Written(Edit edit) => edit switch
    {
        Edit.Set set => $"{set.Key}={set.Value}",
        Edit.Append added => $"{added.Key}+={added.Item}",
        _ => edit.Key,
    };

    public static Change Set(int file, IReadOnlyList<string> path, string key, string value) => new(file, new Edit.Set(path, key, value));

    public static Change Remove(int file, IReadOnlyList<string> path, string key) => new(file, new Edit.Remove(path, key));

    public static Change Append(int file, IReadOnlyList<string> path, string key, string item) => new(file, new Edit.Append(path, key, item));
}
