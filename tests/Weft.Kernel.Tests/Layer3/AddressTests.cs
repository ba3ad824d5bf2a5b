// Addresses on a kernel: how long they last, and in which order they stand, as `ip -j addr` tells it and `ip route get` chooses by it.

using System.Text.Json;
using Weft.Apply;
using Weft.Netlink;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class AddressTests
{
    private const long Forever = uint.MaxValue;

    [Fact]
    public void Lifetimes_are_given_at_the_making_changed_in_place_and_taken_back()
    {
        using var host = new BareHost("lasting", "eth0");
        var file = File("192.0.2.5/24", Lasting("192.0.2.6/24", "preferred_lft: 300, valid_lft: 600"), Lasting("2001:db8::5/64", "preferred_lft: 0"), Lasting("2001:db8::6/64", "preferred_lft: 500"), Lasting("2001:db8::7/64", "valid_lft: 700"));
        host.Apply(file).Ending.ShouldBe(Ending.Applied);
        Told(host).Select(one => (one.Address, Near(one.Preferred), Near(one.Valid), one.Deprecated)).ShouldBe(
            [("192.0.2.5/24", Forever, Forever, false), ("192.0.2.6/24", 300, 600, false), ("2001:db8::5/64", 0, Forever, true), ("2001:db8::6/64", 500, Forever, false), ("2001:db8::7/64", 700, 700, false)]);
        host.Plan(file).IsEmpty.ShouldBeTrue();

        var made = Indexed(host);
        var other = File(Lasting("192.0.2.5/24", "preferred_lft: 0"), Lasting("192.0.2.6/24", "preferred_lft: 400, valid_lft: 900"), "2001:db8::5/64", Lasting("2001:db8::6/64", "preferred_lft: 0, valid_lft: 800"), "2001:db8::7/64");
        host.Plan(other).Steps.ShouldAllBe(step => step.Verb == Plan.Verb.Set);
        host.Undone(other).Ending.ShouldBe(Ending.RolledBack);
        Told(host).Select(one => (one.Address, Near(one.Preferred), Near(one.Valid), one.Deprecated)).ShouldBe(
            [("192.0.2.5/24", Forever, Forever, false), ("192.0.2.6/24", 300, 600, false), ("2001:db8::5/64", 0, Forever, true), ("2001:db8::6/64", 500, Forever, false), ("2001:db8::7/64", 700, 700, false)], "undone");
        host.Plan(file).IsEmpty.ShouldBeTrue("what is left of a time is what the file says");

        host.Apply(other).Ending.ShouldBe(Ending.Applied);
        Told(host).Select(one => (one.Address, Near(one.Preferred), Near(one.Valid), one.Deprecated)).ShouldBe(
            [("192.0.2.5/24", Forever, Forever, true), ("192.0.2.6/24", 400, 900, false), ("2001:db8::5/64", Forever, Forever, false), ("2001:db8::6/64", 0, 800, true), ("2001:db8::7/64", Forever, Forever, false)]);
        Indexed(host).ShouldBe(made, "no address was made anew");
        host.Plan(other).IsEmpty.ShouldBeTrue();

        host.Apply("nics: {eth0: {}}").Ending.ShouldBe(Ending.Applied);
        Told(host).ShouldBeEmpty("an address that ends is the file's all the same");
    }

    [Fact]
    public void A_deprecated_address_is_no_source_and_flags_of_others_outlast_a_change_of_its_time()
    {
        using var host = new BareHost("deprecated", "eth0");
        host.Apply(File("2001:db8::5/64", "2001:db8::6/64"));
        host.Others("addr change 2001:db8::5/64 dev eth0 metric 77 noprefixroute nodad");
        Source(host, "2001:db8::99").ShouldBe("2001:db8::5");
        host.Apply(File(Lasting("2001:db8::5/64", "preferred_lft: 0"), "2001:db8::6/64"));
        Source(host, "2001:db8::99").ShouldBe("2001:db8::6");
        host.Say("-6 addr show dev eth0").ShouldContain("noprefixroute");
        host.Say("-6 addr show dev eth0").ShouldContain("metric 77");
        host.Others("addr change 2001:db8::5/64 dev eth0 metric 77 noprefixroute preferred_lft forever valid_lft forever");
        host.Plan(File(Lasting("2001:db8::5/64", "preferred_lft: 0"), "2001:db8::6/64")).Steps.Length.ShouldBe(1, "somebody took it back");
    }

    /// <summary>What somebody had there, for a while or for good, goes with IPv6 and is not asked for again (EACCES, EINVAL); an undo gives it back.</summary>
    [Theory]
    [InlineData("nics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}")]
    [InlineData("nics: {eth0: {ipv6: false}}")]
    [InlineData("nics: {eth0: {mtu: 1000}}")]
    [InlineData("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}")]
    [InlineData("nics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], mode: active-backup, miimon: 100}}")]
    public void A_link_that_stops_speaking_IPv6_is_asked_for_none(string file)
    {
        foreach (var time in new[] { "", "valid_lft 3000 preferred_lft 2000" })
        {
            using var host = new BareHost("silent", "eth0");
            host.Others($"link set eth0 up\naddr add 2001:db8::7/64 dev eth0 nodad {time}\nroute add 2001:db8:1::/64 dev eth0\nroute add 2001:db8:2::/64 via 2001:db8::1 dev eth0");
            (string, bool, string) There() => (string.Join(' ', Told(host).Select(one => one.Address)), host.Say("-6 addr show dev eth0").Contains("2001:db8::7/64", StringComparison.Ordinal), string.Join('\n', host.Say("-6 route show").Split('\n').Where(line => line.StartsWith("2001:db8:", StringComparison.Ordinal)).Select(line => line.Split(" expires")[0].TrimEnd())));
            var before = There();
            host.Undone(file).Ending.ShouldBe(Ending.RolledBack, $"{file} {time}");
            There().ShouldBe(before, $"{file} {time}");
            host.Apply(file).Ending.ShouldBe(Ending.Applied, $"{file} {time}");
            host.Plan(file).IsEmpty.ShouldBeTrue();
        }
    }

    [Fact]
    public void The_first_of_the_file_is_what_the_kernel_prefers_and_a_changed_order_is_mended()
    {
        string[] some = ["192.0.2.5/24", "198.51.100.5/24", "192.0.2.6/24", "192.0.2.7/24", "2001:db8::5/64", "2001:db8::6/64", "2001:db8::7/64"];
        foreach (var promotes in new[] { "0", "1" })
        {
            using var host = new BareHost("order", "eth0");
            host.Inside(_ => { System.IO.File.WriteAllText("/proc/sys/net/ipv4/conf/eth0/promote_secondaries", promotes); return true; });
            foreach (var order in new[] { "0123456", "2103654", "0123645", "1302564", "3210456", "0123456", "456123", "345612", "60123", "0123456" })
            {
                var wanted = order.Select(at => some[at - '0']).ToArray();
                host.Apply(File(wanted)).Ending.ShouldBe(Ending.Applied, $"{promotes} {order}");
                InFilesOrder(Told(host).Select(one => one.Address)).ShouldBe(InFilesOrder(wanted), $"{promotes} {order}");
                host.Plan(File(wanted)).IsEmpty.ShouldBeTrue($"{promotes} {order}");
                Source(host, "192.0.2.99").ShouldBe(First(wanted, "192.0.2."));
                Source(host, "2001:db8::99").ShouldBe(First(wanted, "2001:db8::"));
            }
            var was = Told(host).Select(one => one.Address).ToList();
            host.Undone(File([.. some.Reverse()])).Ending.ShouldBe(Ending.RolledBack);
            InFilesOrder(Told(host).Select(one => one.Address)).ShouldBe(InFilesOrder(was), "undone");
        }
    }

    [Fact]
    public void What_stands_in_its_place_stays_and_a_primary_takes_nobody_along()
    {
        using var host = new BareHost("moved", "eth0");
        host.Apply(File("192.0.2.5/24", "192.0.2.6/24", "192.0.2.7/24", "2001:db8::5/64", "2001:db8::6/64"));
        Moved(host, "192.0.2.5/24", "192.0.2.7/24", "192.0.2.6/24", "2001:db8::5/64", "2001:db8::6/64").ShouldBe(["192.0.2.6/24"]);
        Moved(host, "192.0.2.5/24", "192.0.2.6/24", "192.0.2.7/24", "2001:db8::6/64", "2001:db8::5/64").ShouldBe(["192.0.2.7/24", "2001:db8::6/64"]);
        Moved(host, "192.0.2.6/24", "192.0.2.7/24", "192.0.2.5/24", "2001:db8::5/64", "2001:db8::6/64").ShouldBe(["192.0.2.7/24", "192.0.2.6/24", "192.0.2.5/24", "2001:db8::5/64"]);
        host.Inside(_ => { System.IO.File.WriteAllText("/proc/sys/net/ipv4/conf/eth0/promote_secondaries", "1"); return true; });
        Moved(host, "192.0.2.7/24", "192.0.2.5/24", "192.0.2.6/24", "2001:db8::5/64", "2001:db8::6/64").ShouldBe(["192.0.2.6/24"]);
        host.Apply(File("192.0.2.6/24", "192.0.2.7/24"));
        Told(host).Select(one => one.Address).ShouldBe(["192.0.2.6/24", "192.0.2.7/24"]);
    }

    [Fact]
    public void A_network_in_which_somebody_else_has_an_address_keeps_its_order()
    {
        using var host = new BareHost("theirs", "eth0");
        host.Apply(File("192.0.2.5/24", "192.0.2.6/24", "2001:db8::5/64", "2001:db8::6/64"));
        host.Others("addr add 192.0.2.9/24 dev eth0\naddr add 2001:db8::9/64 dev eth0 nodad");
        var file = File("192.0.2.6/24", "192.0.2.5/24", "2001:db8::6/64", "2001:db8::5/64");
        host.Apply(file).Ending.ShouldBe(Ending.Applied);
        Told(host).Select(one => one.Address).ShouldBe(["192.0.2.5/24", "192.0.2.6/24", "192.0.2.9/24", "2001:db8::6/64", "2001:db8::9/64", "2001:db8::5/64"]);
        host.Plan(file).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_strangers_address_comes_back_deprecated_and_in_its_place_with_a_link_made_anew()
    {
        static string Tag(int id) => $"nics: {{eth0: {{}}}}\nvlans: {{v: {{link: eth0, id: {id}, ipv6: true}}}}";
        using var host = new BareHost("anew", "eth0");
        host.Apply(Tag(5));
        host.Others("""
            addr add 192.0.2.5/24 dev v preferred_lft 0 valid_lft forever
            addr add 192.0.2.6/24 dev v
            addr add 2001:db8::5/64 dev v preferred_lft 0 valid_lft forever
            addr add 2001:db8::6/64 dev v preferred_lft 500 valid_lft forever
            addr add 192.0.2.7/24 dev v preferred_lft 500 valid_lft 900
            """);
        var was = Told(host, "v").Select(one => (one.Address, Near(one.Preferred), one.Deprecated)).ToList();
        host.Apply(Tag(6)).Ending.ShouldBe(Ending.Applied);
        Told(host, "v").Select(one => (one.Address, Near(one.Preferred), one.Deprecated)).ShouldBe(was);
        was.Count(one => one.Deprecated).ShouldBe(2);
    }

    /// <summary>Between the look and the step its time may be over; and for up to a second after that the kernel tells 0, which it takes from nobody.</summary>
    [Fact]
    public void An_address_whose_time_is_over_is_taken_away_and_given_back_as_any()
    {
        using var host = new BareHost("over", "eth0");
        host.Inside(kernel =>
        {
            kernel.Observe();
            return kernel.Execute([.. new[] { "192.0.2.9/24", "2001:db8::9/64" }.Select(gone => new Plan.Step.OfAddress(Plan.Verb.Remove, "eth0", Weft.Model.IpPrefix.Parse(gone), Text.Place.None))]);
        }).ShouldBe([null, null]);
        var over = new AddressMessage { Header = new() { Family = 2, PrefixLength = 24 }, Cacheinfo = new(0, 0, 0, 0) };
        Linux.Keeping.Addresses.LifetimeOf(over).ShouldBe(new(0, 1));
    }

    private static string File(params string[] addresses) =>
        $"nics: {{eth0: {{addresses: [{string.Join(", ", addresses.Select(address => address[0] == '{' ? address : $"\"{address}\""))}]}}}}";

    private static string Lasting(string address, string times) => $"{{address: \"{address}\", {times}}}";

    private static string First(string[] wanted, string network) => wanted.First(address => address.StartsWith(network, StringComparison.Ordinal)).Split('/')[0];

    /// <summary>The addresses that change to this order takes away.</summary>
    private static List<string> Moved(BareHost host, params string[] order)
    {
        var plan = host.Plan(File(order));
        host.Apply(File(order)).Ending.ShouldBe(Ending.Applied);
        return [.. plan.Steps.OfType<Plan.Step.OfAddress>().Where(step => step.Verb == Plan.Verb.Remove).Select(step => step.Address.ToString())];
    }

    private sealed record One(string Address, long Preferred, long Valid, bool Deprecated);

    /// <summary>As `ip` lists them, those that the kernel made left out.</summary>
    private static List<One> Told(BareHost host, string link = "eth0")
    {
        using var told = JsonDocument.Parse(host.Say($"-j addr show dev {link}"));
        return [.. told.RootElement.EnumerateArray().SelectMany(one => one.GetProperty("addr_info").EnumerateArray()).Where(one => one.GetProperty("scope").GetString() != "link").Select(one => new One(
            $"{one.GetProperty("local").GetString()}/{one.GetProperty("prefixlen").GetInt32()}", one.GetProperty("preferred_life_time").GetInt64(), one.GetProperty("valid_life_time").GetInt64(), one.TryGetProperty("deprecated", out _)))];
    }

    /// <summary>When each address was made: the kernel never moves one.</summary>
    private static string Indexed(BareHost host) => host.Inside(kernel => string.Join(' ', kernel.Observe().Host.Find("eth0")!.State!.Listed));

    /// <summary>Some seconds pass in a test.</summary>
    private static long Near(long seconds) => seconds == Forever ? seconds : (seconds + 60) / 100 * 100;

    /// <summary>Networks by their first address, each with its others.</summary>
    private static List<string> InFilesOrder(IEnumerable<string> addresses) =>
        [.. addresses.GroupBy(address => address.Contains(':', StringComparison.Ordinal) ? "6" : address[..7], StringComparer.Ordinal).OrderBy(group => group.Key == "6").Select(group => string.Join(' ', group))];

    private static string Source(BareHost host, string to)
    {
        for (var tries = 0; host.Say("-6 addr show dev eth0").Contains("tentative", StringComparison.Ordinal) && tries < 100; tries++)
            Thread.Sleep(50);
        var words = host.Say($"route get {to}").Split(' ');
        return words[Array.IndexOf(words, "src") + 1];
    }
}
