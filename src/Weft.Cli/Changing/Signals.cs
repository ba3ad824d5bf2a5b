// Signals held off while a change is under way: whoever asks the program to end gets a whole change or none. SIGKILL cannot
// be held off.

using System.Runtime.InteropServices;

namespace Weft.Cli.Changing;

internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] held;

    public Signals() => held = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        IsEnding |= context.Signal == PosixSignal.SIGTERM;
    }))];

    /// <summary>Somebody asked the program to end: who only waits need not any more.</summary>
    public bool IsEnding { get; private set; }

    public void Dispose()
    {
        foreach (var signal in held)
            signal.Dispose();
    }
}
