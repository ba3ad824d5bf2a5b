// A network namespace made for one process, which goes with it.

namespace Weft.Bench;

internal static class Namespace
{
    /// <summary>The words that run a command in one. /sys shows the namespace in which it was mounted, so it is mounted anew.</summary>
    public static string[] Of(params string[] command) =>
        ["unshare", "--net", "--mount", "sh", "-c", "umount -l /sys && mount -t sysfs sysfs /sys && exec \"$@\"", "sh", .. command];
}
