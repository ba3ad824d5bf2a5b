// Signals held off while a change is under way: whoever asks the program to end gets a whole change or none. SIGKILL cannot
// be held off.

using System.Runtime.InteropServices;

namespace Weft.Cli;

internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] held =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];

    public void Dispose()
    {
        foreach (var signal in held)
            signal.Dispose();
    }
}
