// Name servers are set by changes and by what dhcpcd runs, at once perhaps: one after the other. The kernel lets go of the lock of a process that died.

using System.Diagnostics;
using Weft.Apply;
using Weft.Model;
using Weft.Resolving;
using Weft.Text;

namespace Weft.Linux.Clients;

/// <summary>Names that several processes may set.</summary>
internal sealed class InTurn(INames names, string runtime) : INames
{
    /// <summary>EWOULDBLOCK (flock(2)).</summary>
    private const int Held = 11;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20), Poll = TimeSpan.FromMilliseconds(20);

    public Finding? Unfit => names.Unfit;

    public IReadOnlyList<(string Link, Settings Names)> All() => names.All();

    public Refusal? Set(string link, Settings wish) => Alone(() => names.Set(link, wish));

    public Refusal? Lease(string link, Settings got) => Alone(() => names.Lease(link, got));

    private Refusal? Alone(Func<Refusal?> act)
    {
        FileStream held;
        try
        {
            held = Lock();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("EBUSY", $"the lock of name servers cannot be had: {e.Message}");
        }
        using (held)
            return act();
    }

    private FileStream Lock()
    {
        Directory.CreateDirectory(runtime, Programs.Readable);
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(Poll))
            try
            {
                return new(Path.Combine(runtime, "names.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == Held && waited.Elapsed < Longest)
            {
                // Somebody else is at it.
            }
    }
}
