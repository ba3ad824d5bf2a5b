// Runs something in a network namespace that nobody else has: unshare belongs to a thread, so a thread is made for it
// and ends with it, and the namespace with the last socket in it. Needs root, or a user namespace around the program
// (`unshare -rn`). Children started by that thread are in the namespace too.
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Weft.Netlink.Tests;

internal static partial class OwnNamespace
{
    private const int NewNetwork = 0x40000000;

    public static void Run(Action action) =>
        Run(() =>
        {
            action();
            return 0;
        });

    public static T Run<T>(Func<T> action)
    {
        var result = default(T)!;
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Unshare(NewNetwork) != 0)
                    throw new InvalidOperationException(
                        $"no network namespace of our own: {Errno.Name(Marshal.GetLastPInvokeError())}; run as root or under `unshare -rn`");
                result = action();
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result;
    }

    /// <summary>Runs a program in the calling thread's namespace and returns what it printed; it must succeed.</summary>
    public static string Tool(string program, string arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {arguments}: exit {process.ExitCode}\n{output}{errors.GetAwaiter().GetResult()}");
        return output;
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}
