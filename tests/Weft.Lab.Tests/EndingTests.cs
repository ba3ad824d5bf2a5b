// However a launcher ends, nothing of its lab may run on, and only SIGKILL may leave a folder, which the next lab sweeps.
using System.Diagnostics;

namespace Weft.Lab.Tests;

public sealed class EndingTests
{
    private static readonly string[] Forever = ["sh", "-c", "echo up; sleep 1000"];

    [Theory]
    [InlineData(1, 129)]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public void A_signal_ends_the_lab_and_leaves_nothing(int signal, int code)
    {
        using var launcher = Launcher.Start("user-mode", Forever).Up();
        launcher.Processes().Count.ShouldBeGreaterThan(2);

        launcher.Signal(signal);

        launcher.End().Code.ShouldBe(code);
        launcher.Left().ShouldBe((0, 0));
    }

    [Fact]
    public void The_time_limit_ends_the_lab_with_124()
    {
        using var launcher = Launcher.Start("user-mode limit=3", Forever);

        launcher.End().Code.ShouldBe(124);
        launcher.Left().ShouldBe((0, 0));
    }

    [Fact]
    public void A_killed_launcher_takes_its_lab_along_and_the_next_one_sweeps()
    {
        using var launcher = Launcher.Start("user-mode", Forever).Up();

        launcher.Signal(9);

        launcher.End().Code.ShouldBe(137);
        launcher.Left().ShouldBe((0, 1));
        launcher.Sweep();
        launcher.Left().ShouldBe((0, 0));
    }

    [Fact]
    public void A_killed_keeper_takes_its_lab_along()
    {
        using var launcher = Launcher.Start("user-mode log=/dev/null", Forever).Up();

        launcher.Processes().Where(process => process.ProcessName == "perl").MinBy(process => process.Id)!.Kill();

        launcher.End().Code.ShouldNotBe(0);
        launcher.Left().ShouldBe((0, 0));
    }

    [Fact]
    public void A_living_lab_is_not_swept()
    {
        using var launcher = Launcher.Start("user-mode", Forever).Up();

        launcher.Sweep();

        launcher.Folders.ShouldBe(1);
        launcher.Processes().ShouldNotBeEmpty();
        launcher.Signal(15);
        launcher.End().Code.ShouldBe(143);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_the_lab()
    {
        using var shell = Process.Start(new ProcessStartInfo("bash",
            ["-c", $"'{Launcher.Program}' lab user-mode -- yes 2>/dev/null | head -1; echo ${{PIPESTATUS[0]}}"]) { RedirectStandardOutput = true, UseShellExecute = false })!;

        shell.StandardOutput.ReadToEnd().ShouldBe("y\n141\n");
    }

    [Fact]
    public void Without_root_it_is_one_sentence_and_exit_code_1()
    {
        using var process = Process.Start(new ProcessStartInfo("setpriv",
            ["--reuid", "65534", "--regid", "65534", "--clear-groups", Launcher.Program, "lab", "--", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;

        process.StandardError.ReadToEnd().ShouldBe("lab: a lab makes namespaces and mounts, so it needs root; run it with sudo\n");
        process.WaitForExit();
        process.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void A_machine_without_room_for_the_state_is_one_sentence_and_exit_code_1()
    {
        using var process = Process.Start(new ProcessStartInfo(Launcher.Program, ["lab", "runtime=/proc/weft-lab", "user-mode", "--", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;

        process.StandardError.ReadToEnd().ShouldMatch("^lab: the machine does not let it: .*\n$");
        process.WaitForExit();
        process.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void Missing_packages_are_one_sentence_and_exit_code_1()
    {
        // An empty /usr/lib/uml in a mount namespace of its own stands for the missing package.
        using var process = Process.Start(new ProcessStartInfo("unshare",
            ["--mount", "sh", "-c", $"mount -t tmpfs none /usr/lib/uml && exec '{Launcher.Program}' lab user-mode -- true"]) { RedirectStandardError = true, UseShellExecute = false })!;

        process.StandardError.ReadToEnd().ShouldBe("lab: user-mode Linux is needed; apt install user-mode-linux\n");
        process.WaitForExit();
        process.ExitCode.ShouldBe(1);
    }
}
