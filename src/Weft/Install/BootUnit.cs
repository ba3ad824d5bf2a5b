// The unit that runs `weft boot` when the host starts: after devices, file systems and sysctls are there, before anything
// that wants a network (systemd.special(7)). Stopping it does nothing, since a network is not taken down by stopping who made
// it; starting it again brings the host to its last confirmed file. A NIC that is missing is told, and fails nothing. Where the kernel
// refused something the unit is failed, for all to see, though the rest is up: what is ordered after it starts all the same.

using System.Globalization;
using Weft.Takeover;

namespace Weft.Install;

/// <summary>weft.service.</summary>
public static class BootUnit
{
    public const string Name = "weft.service";
    public const string Path = "/etc/systemd/system/" + Name;
    private const string Mark = "# Written by weft install; weft install --remove takes it away.";

    /// <summary>The unit and what enables it.</summary>
    /// <param name="executable">Full path of weft. It must be one that <see cref="IsSayable"/>.</param>
    /// <param name="dotnet">Where the .NET runtime is, where that had to be said; null where it is found by itself.</param>
    public static IEnumerable<Piece> Pieces(string executable, string? dotnet) =>
    [
        Piece.File(Path, Text(executable, dotnet), Mark),
        new(Adoption.Enabled, Entry.LinkTo($"../{Name}"), ""),
    ];

    /// <summary>Whether a path can stand in a unit without being taken for anything but itself.</summary>
    public static bool IsSayable(string path) => path.StartsWith('/') && path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or '+');

    // A change that is under way goes on in a process of its own: to kill all of the unit's processes would end it half way.
    private static string Text(string executable, string? dotnet) => string.Create(CultureInfo.InvariantCulture, $"""
        {Mark}
        [Unit]
        Description=Weft: this host's network, as its last confirmed host file says
        Documentation=man:weft(1)
        DefaultDependencies=no
        RequiresMountsFor=/var/lib/weft {executable}
        After=local-fs.target systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service systemd-sysctl.service network-pre.target
        Wants=network.target
        Before=network.target network-online.target
        Conflicts=shutdown.target
        Before=shutdown.target

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStartPre=-udevadm settle --timeout=30
        ExecStart={executable} boot
        KillMode=process
        TimeoutStartSec=5min
        StateDirectory=weft
        StateDirectoryMode=0700
        RuntimeDirectory=weft
        RuntimeDirectoryPreserve=yes
        {(dotnet is null ? "" : $"Environment=DOTNET_ROOT={dotnet}\n")}
        [Install]
        WantedBy=multi-user.target

        """);
}
