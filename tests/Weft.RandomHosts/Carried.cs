// A change as the door makes it, on a disk that nobody keeps: what is known afterwards is what was written down.

using Weft.Apply;
using Weft.Plan;

namespace Weft.RandomHosts;

public static class Carried
{
    /// <summary>Carries a drawn plan out, journal and records included.</summary>
    /// <returns>How it ended, and what is Weft's then.</returns>
    public static (Outcome Outcome, Ledger Ledger) Out(Drawing drawing, IKernel kernel, Timings timings)
    {
        var disk = new MemoryDisk();
        if (LedgerFile.Write(disk, drawing.Ledger) is { } full)
            throw new InvalidOperationException(full);
        var (outcome, notBegun) = Transaction.Make(drawing, new Errand("a test"), disk, kernel, TimeProvider.System, timings);
        return (outcome ?? throw new InvalidOperationException($"{notBegun}"), LedgerFile.Read(disk).Ledger);
    }
}
