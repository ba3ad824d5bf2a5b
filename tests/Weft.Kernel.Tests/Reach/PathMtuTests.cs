// weft probe mtu's prober on real paths: one that takes all, one that drops in silence, one with a router that says so.

using System.Net;
using Weft.Linux.Probing;
using Weft.Reach.PathMtu;

namespace Weft.Kernel.Tests.Reach;

[Trait("makes", "hosts")]
public sealed class PathMtuTests
{
    /// <summary>The switch's end of the cable has the host's other end's MTU or a smaller one; behind it is a network of MTU 1300 for which it routes.</summary>
    private static BareHost Host(string name, int there)
    {
        var host = new BareHost(name, "eth0");
        host.Others("link set eth0 mtu 9000\nlink set eth0 up\naddr add 10.1.0.5/24 dev eth0\naddr add 2001:db8:1::5/64 dev eth0 nodad\nroute add 10.2.0.0/24 via 10.1.0.1\nroute add 2001:db8:2::/64 via 2001:db8:1::1");
        host.Switch($"link set eth0-sw mtu {there}\naddr add 10.1.0.1/24 dev eth0-sw\naddr add 2001:db8:1::1/64 dev eth0-sw nodad");
        return host;
    }

    [Theory]
    [InlineData("10.1.0.1")]
    [InlineData("2001:db8:1::1")]
    public void A_path_that_takes_all_is_as_wide_as_its_first_link(string to)
    {
        using var host = Host("path-wide", 9000);
        var found = Find(host, to, 9000);
        (found.Mtu, found.IsSilent, found.Asked).ShouldBe((9000, false, 2));
        Find(host, to, 65535).Mtu.ShouldBe(9000, "what the link itself does not take is known at once");
    }

    /// <summary>A veth drops what is longer than its own MTU and the four bytes of a tag.</summary>
    [Theory]
    [InlineData("10.1.0.1")]
    [InlineData("2001:db8:1::1")]
    public void What_is_dropped_in_silence_is_a_black_hole(string to)
    {
        using var host = Host("path-hole", 1500);
        var found = Find(host, to, 9000);
        (found.Mtu, found.IsSilent).ShouldBe((1504, true));
    }

    [Theory]
    [InlineData("10.2.0.9", "10.1.0.1")]
    [InlineData("2001:db8:2::9", "2001:db8:1::1")]
    public void A_router_that_says_so_is_named(string to, string router)
    {
        using var host = Host("path-router", 9000);
        host.Router("10.2.0.1/24", "10.2.0.9/24", "2001:db8:2::1/64", "2001:db8:2::9/64", 1300);
        var found = Find(host, to, 9000);
        (found.Mtu, found.IsSilent).ShouldBe((1300, false));
        found.Narrows.ShouldBe([new Narrow(IPAddress.Parse(router), 1300)]);
    }

    [Fact]
    public void Nobody_there_and_no_way_there_are_told()
    {
        using var host = Host("path-none", 9000);
        Find(host, "10.1.0.77", 9000).Why.ShouldNotBeNull();
        Find(host, "10.77.0.1", 9000).Why.ShouldNotBeNull().ShouldContain("unreachable");
    }

    private static PathFound Find(BareHost host, string to, int linkMtu) => host.Inside(_ =>
    {
        var address = IPAddress.Parse(to);
        using var prober = new LinuxPathProber(address);
        return new PathSearch(prober, to.Contains(':', StringComparison.Ordinal)).Find(linkMtu);
    });
}
