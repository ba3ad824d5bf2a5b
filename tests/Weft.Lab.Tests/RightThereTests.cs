// A lab in namespaces of one kernel, tested where the kernel can do all of it: inside user-mode Linux. One boot, several labs
// in it, because a .NET program takes seconds to start there.
namespace Weft.Lab.Tests;

public sealed class RightThereTests
{
    [Fact]
    public void A_lab_right_there_gives_everything_back_even_after_SIGKILL()
    {
        var script = Path.Combine(AppContext.BaseDirectory, $"right-there-{Guid.NewGuid():N}");
        File.WriteAllText(script, $$"""
            look() { { cut -d' ' -f1 /proc/modules; ip -o link; cat /proc/mounts; ls -A /run /run/netns /var/lib; } | sort; }
            rmdir /var/lib/weft 2>/dev/null || umount /var/lib/weft && rmdir /var/lib/weft; mkdir -p -m 700 /run/weft-lab; look > /tmp/before
            '{{Launcher.Program}}' lab -- sh -c 'ip netns add inner && ip link add bond0 type bond && touch /run/mine /var/lib/weft/mine; hostname; ls /run; ls /run/netns; cat /sys/class/net/bond0/bonding/mode; kill -9 $$'
            echo "code $?"
            '{{Launcher.Program}}' lab right-there -- sh -c 'echo up > /tmp/up; exec sleep 1000' & launcher=$!
            until [ -s /tmp/up ]; do sleep 0.1; done
            kill -9 $launcher; wait $launcher; until ! pgrep -x sleep >/dev/null; do sleep 0.1; done
            ls /run/weft-lab | grep -c '^[a-z0-9]*$'; grep -c '^bonding' /proc/modules
            '{{Launcher.Program}}' lab right-there -- true; echo "code $?"
            look | diff /tmp/before - && echo same
            """);
        try
        {
            var outcome = Launcher.Run("user-mode", "sh", script);

            outcome.Output.ShouldBe("host\nlab\nlock\nmine\nnetns\ninner\nbalance-rr 0\ncode 137\n2\n1\ncode 0\nsame\n", outcome.Errors);
            outcome.Errors.ShouldContain("lab: running right there, in namespaces of this kernel");
        }
        finally { File.Delete(script); }
    }

    [Fact]
    public void A_kernel_that_cannot_is_said_to_and_refused()
    {
        // This very machine, if it is such a kernel; one that can do all of it runs the command.
        var outcome = Launcher.Run("right-there", "true");

        if (Ability.Lacks() is { Count: > 0 } lacks)
            outcome.Errors.ShouldBe($"lab: this kernel has no {string.Join(", ", lacks)}, so a lab cannot run right there\n");
        outcome.Code.ShouldBe(Ability.Lacks().Count > 0 ? 1 : 0);
    }
}
