// Asking as a port of the hall. The real one has sockets; a test's knows the answers beforehand.

using System.Collections.Immutable;

namespace Weft.Reach;

/// <summary>Who asks probes.</summary>
public interface IProber
{
    /// <summary>
    /// Asks all of them at once, and answers each within a second or so, in their order: null where it passed, otherwise why not
    /// (`no answer within 1 s`). Asking again may well give another answer.
    /// </summary>
    ImmutableArray<string?> Ask(IReadOnlyList<Probe> probes);
}
