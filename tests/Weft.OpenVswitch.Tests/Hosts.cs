// Host files as text, and what they are to a switch.

using System.Globalization;
using System.Text;
using Weft.Spec;

namespace Weft.OpenVswitch.Tests;

internal static class Hosts
{
    /// <summary>The rows of a file that has no mistake of form.</summary>
    public static Wish Wish(string text)
    {
        var read = HostFile.Read("host.yaml", text);
        read.Findings.ShouldBeEmpty();
        return Desired.Of(read.Host!);
    }

    public static SwitchRows Rows(string text)
    {
        var wish = Wish(text);
        wish.Findings.ShouldBeEmpty();
        return wish.Rows;
    }

    /// <summary>A bond and so many networks on it.</summary>
    public static string Networks(int count)
    {
        var text = new StringBuilder("backend: openvswitch\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup}}\nnetworks:\n");
        for (var at = 0; at < count; at++)
            text.Append(CultureInfo.InvariantCulture, $"  n{at}: {{link: bond0, vlan: {at + 2}}}\n");
        return text.ToString();
    }
}
