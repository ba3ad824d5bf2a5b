// The .link file that keeps udev's hands off the MACs of bonds, bridges and VLANs. By systemd's own 99-default.link each new
// one gets a MAC made of its name and the machine's id, while Weft and the kernel give it its first port's: whoever is later
// wins, and LACP and neighbours see a MAC change. Of the files that match a device udev takes the first by name.

namespace Weft.Install;

/// <summary>98-weft.link (systemd.link(5)).</summary>
public static class MacPolicy
{
    public const string Path = "/etc/systemd/network/98-weft.link";
    private const string Mark = "# Written by weft install; weft install --remove takes it away.";

    public static Piece Piece() => Install.Piece.File(Path, $"""
        {Mark}
        [Match]
        Type=bond bridge vlan

        [Link]
        MACAddressPolicy=none

        """, Mark);
}
