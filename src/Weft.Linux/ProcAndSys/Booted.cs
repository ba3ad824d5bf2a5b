// Which program is this machine's first, and so keeps its services.

namespace Weft.Linux;

public static class Booted
{
    /// <summary>Whether systemd runs this machine (sd_booted(3)).</summary>
    public static bool BySystemd => Directory.Exists("/run/systemd/system");
}
