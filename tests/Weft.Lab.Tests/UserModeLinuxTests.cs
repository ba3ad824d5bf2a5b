// What a command in user-mode Linux gets and gives back. Each test boots a kernel (about a second).
using System.Security.Cryptography;

namespace Weft.Lab.Tests;

public sealed class UserModeLinuxTests
{
    [Fact]
    public void Exit_code_environment_folder_and_both_outputs_pass_through()
    {
        var outcome = Launcher.Run("user-mode", "sh", "-c", "echo \"$LAB_WORD in $PWD\"; echo oops >&2; test -t 1 && echo tty; exit 7");

        outcome.Code.ShouldBe(7);
        outcome.Output.ShouldBe($"two words\nand a line in {AppContext.BaseDirectory.TrimEnd('/')}\n");
        outcome.Errors.ShouldMatch(@"^lab: running in user-mode Linux [\d.]+\noops\n$");
    }

    [Fact]
    public void Dotnet_is_told_not_to_remap_its_code_unless_the_caller_says_how_it_is_to_be()
    {
        const string variable = "DOTNET_EnableWriteXorExecute";
        Launcher.Run("user-mode", "sh", "-c", $"echo ${variable}").Output.ShouldBe($"{Environment.GetEnvironmentVariable(variable) ?? "0"}\n");
        Launcher.Run("user-mode", "env", $"{variable}=1", "sh", "-c", $"echo ${variable}").Output.ShouldBe("1\n");
    }

    [Fact]
    public void Five_megabytes_come_out_byte_for_byte()
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"noise-{Guid.NewGuid():N}");
        File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(5_000_000));
        try { Launcher.Run("user-mode", "cat", file).Bytes.ShouldBe(File.ReadAllBytes(file)); }
        finally { File.Delete(file); }
    }

    [Fact]
    public void Bonding_vlan_bridge_and_ipv6_are_there_and_no_stray_bond()
    {
        const string script = "ip link add type bond && ip link add br0 type bridge vlan_filtering 1 && ip link add link br0 br0.5 type vlan id 5 "
            + "&& ip -6 addr add fd00::1/64 dev br0 && ip -o link | cut -d: -f2";

        Launcher.Run("user-mode", "sh", "-c", script).Output.ShouldBe(" lo\n bond0\n br0\n br0.5@br0\n");
    }

    [Fact]
    public void The_root_is_a_copy_and_the_working_folder_is_shared()
    {
        var name = $"lab-{Guid.NewGuid():N}";
        var outcome = Launcher.Run("user-mode", "sh", "-c", $"echo x > /etc/{name}; echo y > {name}; cat /etc/{name}");

        outcome.Output.ShouldBe("x\n");
        File.Exists($"/etc/{name}").ShouldBeFalse();
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name)).ShouldBe("y\n");
        File.Delete(Path.Combine(AppContext.BaseDirectory, name));
    }

    [Fact]
    public void Standard_input_is_handed_over_when_asked_for() =>
        Launcher.Feed("user-mode input", "one\0two", "cat").Output.ShouldBe("one\0two");

    [Fact]
    public void A_command_that_does_not_exist_is_127() => Launcher.Run("user-mode", "no-such-program").Code.ShouldBe(127);

    [Fact]
    public void A_command_that_dies_of_a_signal_is_128_and_its_number() =>
        Launcher.Run("user-mode", "sh", "-c", "kill -SEGV $$").Code.ShouldBe(139);

    [Fact]
    public void A_daemon_that_stays_behind_holds_nothing_up() =>
        Launcher.Run("user-mode", "sh", "-c", "sleep 1000 & echo done").Output.ShouldBe("done\n");

    [Fact]
    public void A_panic_is_125_with_the_kernels_own_words_and_a_log_that_is_kept()
    {
        var log = Path.Combine(AppContext.BaseDirectory, $"log-{Guid.NewGuid():N}");
        var outcome = Launcher.Run($"user-mode log={log}", "sh", "-c", "echo c > /proc/sysrq-trigger");

        outcome.Code.ShouldBe(125);
        outcome.Errors.ShouldContain("lab: user-mode Linux died: Kernel panic - not syncing: sysrq triggered crash; its log is " + log);
        File.ReadAllText(log).ShouldContain("sysrq triggered crash");
        File.Delete(log);
    }

    [Fact]
    public void Two_labs_at_once_do_not_see_each_other()
    {
        using var one = Launcher.Start("user-mode", "sh", "-c", "hostname one; echo up; sleep 1; hostname; cat /run/lab/name 2>/dev/null; echo 1 > /run/lab/name");
        using var two = Launcher.Start("user-mode", "sh", "-c", "hostname two; echo up; sleep 1; hostname; cat /run/lab/name 2>/dev/null; echo 2 > /run/lab/name");

        one.End().Output.ShouldBe("up\none\n");
        two.End().Output.ShouldBe("up\ntwo\n");
    }
}
