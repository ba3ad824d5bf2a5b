// A second apply says nothing to the kernel: seen from outside, by strace, which decodes every netlink message sent and
// every file opened for writing.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class SilenceTests
{
    private const string Trace = "strace -f -qq -e trace=sendto,sendmsg,sendmmsg,open,openat,openat2,creat,ioctl -o";

    [Fact]
    public void A_second_apply_sends_no_change_and_writes_no_sysctl()
    {
        var file = LabRun.Example("kvm-10gbe");
        var run = LabRun.Good(file, $$"""
            {{Trace}} first weft apply {{file}}
            {{Trace}} second weft apply {{file}}
            count() { grep -cE 'type=RTM_(NEW|DEL|SET)|/proc/sys/net[^"]*", O_(WRONLY|RDWR)|/sys/class/net[^"]*", O_(WRONLY|RDWR)|SIOCS|SIOCBR|SIOCBOND' $1 || true; }
            section first; count first
            section sysctls; grep -cE '/proc/sys/net[^"]*", O_(WRONLY|RDWR)' first || true
            section second; count second
            section asked; grep -c 'type=RTM_GETLINK' second
            section lines; grep -E 'type=RTM_(NEW|DEL|SET)|/proc/sys/net[^"]*", O_(WRONLY|RDWR)' second || true
            """, bare: true, seconds: 150);
        int.Parse(run.Section("first"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(3);
        int.Parse(run.Section("sysctls"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(1);
        run.Section("second").ShouldBe("0", run.Section("lines"));
        int.Parse(run.Section("asked"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }
}
