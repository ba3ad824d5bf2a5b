// Where systemd is the machine's first process: each client is a transient service of its own, in nobody's session, whose messages
// are in the journal and who is started again where it ends by itself (systemd-run(1)). It goes with the boot, and weft boot
// starts it in the next one.

using System.Text;
using Weft.Apply;

namespace Weft.Linux.Clients;

internal sealed class SystemdUnits : IRunning
{
    /// <summary>
    /// As early and as late as weft.service itself, which starts it before basic.target is reached: what wants a network at shutdown still has
    /// one. One that cannot find its link ends, and is tried again until systemd has enough of it.
    /// </summary>
    private static readonly string[] Properties =
    [
        "DefaultDependencies=no", "Conflicts=shutdown.target", "Before=shutdown.target", "Before=network.target", "Restart=on-failure", "RestartSec=5", "KillMode=mixed", "StandardOutput=null",
    ];

    public bool Lives(string link) => Call("systemctl", ["is-active", "--quiet", UnitOf(link)]) is null;

    public Refusal? Start(string link, string program, IReadOnlyList<string> words) =>
        Call("systemd-run", ["--quiet", "--collect", $"--unit={UnitOf(link)}", $"--description=Leases of {link}, for weft", "--service-type=exec", .. Properties.Select(property => $"--property={property}"), "--", program, .. words]) is { } wrong
            ? new("systemd", wrong) : null;

    public Refusal? Stop(string link)
    {
        // Of a unit that is not loaded it would say so, and there is nothing to stop.
        if (Call("systemctl", ["cat", UnitOf(link)]) is not null)
            return null;
        return Call("systemctl", ["stop", UnitOf(link)]) is { } wrong ? new("systemd", wrong) : null;
    }

    /// <summary>A link's name holds what a unit's may not: those bytes are said as systemd says them (systemd-escape(1)).</summary>
    internal static string UnitOf(string link)
    {
        var text = new StringBuilder("weft-dhcp-");
        foreach (var letter in Encoding.UTF8.GetBytes(link))
            _ = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'.' ? text.Append((char)letter) : text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{letter:x2}");
        return text.Append(".service").ToString();
    }

    /// <summary>What went wrong; null where the program ended well.</summary>
    private static string? Call(string program, IEnumerable<string> words) => Programs.Call(program, words).Wrong;
}
