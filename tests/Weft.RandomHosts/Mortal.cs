// A process that can die: at each write to its disk and each batch to its kernel, just before it or just after. What it
// wrote and sent until then stays, as it does when a real one is killed.

using System.Collections.Immutable;
using System.Text;
using Weft.Apply;
using Weft.Plan;

namespace Weft.RandomHosts;

/// <summary>The process is dead.</summary>
public sealed class Died() : Exception("killed here");

/// <summary>Counts the points at which a process may die, and dies at one of them.</summary>
/// <param name="at">The point to die at, from 0; below zero at none.</param>
public sealed class Mortality(int at)
{
    /// <summary>How many points were passed.</summary>
    public int Passed { get; private set; }

    public void Point()
    {
        if (Passed++ == at)
            throw new Died();
    }
}

/// <summary>A disk in memory whose writes are whole or not there.</summary>
public sealed class MemoryDisk : IDisk
{
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>How many writes there is still room for; null where it never ends.</summary>
    public int? FullAfter { get; set; }

    public string PathOf(string name) => name;

    public (string? Text, string? Wrong) Read(string name) => (Files.GetValueOrDefault(name), null);

    public string? Write(string name, Action<Stream> content)
    {
        if (FullAfter is 0)
            return "no space left on device";
        FullAfter--;
        using var stream = new MemoryStream();
        content(stream);
        Files[name] = Encoding.UTF8.GetString(stream.ToArray());
        return null;
    }

    public string? Remove(string name)
    {
        Files.Remove(name);
        return null;
    }
}

/// <summary>A disk in the hands of a process that may die.</summary>
public sealed class MortalDisk(IDisk disk, Mortality mortality) : IDisk
{
    public string PathOf(string name) => disk.PathOf(name);

    public (string? Text, string? Wrong) Read(string name) => disk.Read(name);

    public string? Write(string name, Action<Stream> content) => Around(() => disk.Write(name, content));

    public string? Remove(string name) => Around(() => disk.Remove(name));

    private string? Around(Func<string?> act)
    {
        mortality.Point();
        var wrong = act();
        mortality.Point();
        return wrong;
    }
}

/// <summary>A kernel in the hands of a process that may die: also with a batch half sent.</summary>
public sealed class MortalKernel(IKernel kernel, Mortality mortality) : IKernel
{
    public Observation Observe() => kernel.Observe();

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
    {
        mortality.Point();
        var answers = ImmutableArray.CreateBuilder<Refusal?>(steps.Count);
        foreach (var step in steps)
        {
            answers.AddRange(kernel.Execute([step]));
            mortality.Point();
        }
        return answers.ToImmutable();
    }
}
