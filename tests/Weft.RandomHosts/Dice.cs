// Chance with its whole state in sight: the same seed throws the same on every machine and every runtime (SplitMix64,
// Steele, Lea, Flood 2014), which System.Random does not promise.

namespace Weft.RandomHosts;

/// <summary>Throws numbers.</summary>
public sealed class Dice(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to one below.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public int From(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times in a hundred.</summary>
    public bool Percent(int often) => Below(100) < often;

    public T Of<T>(params IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Some of the items, in a random order.</summary>
    public List<T> Some<T>(IEnumerable<T> items, int most)
    {
        var pool = items.ToList();
        var taken = new List<T>();
        for (var count = Below(Math.Min(most, pool.Count) + 1); count > 0; count--)
        {
            var at = Below(pool.Count);
            taken.Add(pool[at]);
            pool.RemoveAt(at);
        }
        return taken;
    }
}
