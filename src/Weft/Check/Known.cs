// The names that a reference may mean, and the nearest of them to one that is none. Looking for the nearest costs time for
// every name, so the number of guesses in one check is bounded: after fifty dangling names nobody reads the next guess,
// and a hostile file must not make us compare twenty thousand names with twenty thousand others.

using Weft.Text;

namespace Weft.Check;

internal sealed class Known(IEnumerable<string> names)
{
    private const int MostGuesses = 50;

    private readonly HashSet<string> names = new(names, StringComparer.Ordinal);
    private int guesses;

    public bool Has(string name) => names.Contains(name);

    /// <summary>`; did you mean "x"?`, or nothing.</summary>
    public string Hint(string name) => guesses++ < MostGuesses ? Nearest.Hint(name, names) : "";
}
