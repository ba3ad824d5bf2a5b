// A user-mode Linux keeps to one processor, and two of them to two where there are two.
using System.Diagnostics;

namespace Weft.Lab.Tests;

public sealed class ProcessorTests : IDisposable
{
    private readonly string _runtime = Directory.CreateTempSubdirectory("weft-processor-").FullName;

    private static int Allowed => System.Numerics.BitOperations.PopCount((ulong)Process.GetCurrentProcess().ProcessorAffinity);

    public void Dispose() => Directory.Delete(_runtime, recursive: true);

    [Fact]
    public void Each_has_one_of_its_own_as_long_as_there_are_any()
    {
        var taken = Enumerable.Range(0, Allowed).Select(_ => Processor.Take(_runtime)).ToList();
        taken.Select(processor => processor.Mask).ShouldBeUnique();
        taken.ShouldAllBe(processor => System.Numerics.BitOperations.IsPow2((long)processor.Mask));

        using (var more = Processor.Take(_runtime)) taken.Select(processor => processor.Mask).ShouldContain(more.Mask);

        taken[0].Dispose();
        using var again = Processor.Take(_runtime);
        again.Mask.ShouldBe(taken[0].Mask);
        taken.ForEach(processor => processor.Dispose());
    }

    [Fact]
    public void A_process_is_kept_on_it_with_its_children()
    {
        using var processor = Processor.Take(_runtime);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "read go; grep Cpus_allowed: /proc/self/status"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        processor.Keep(shell);
        shell.StandardInput.WriteLine();
        var said = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        Convert.ToInt64(said.Split(':')[1].Trim().Replace(",", "", StringComparison.Ordinal), 16).ShouldBe(processor.Mask);
    }

    [Fact]
    public void What_has_ended_needs_none()
    {
        using var processor = Processor.Take(_runtime);
        using var done = Process.Start("true");
        done.WaitForExit();
        processor.Keep(done);
    }
}
