// What dhcpcd says in its hook's environment, part of it in the words of whoever answers on the wire: what of it reaches the keeper of names.

using Weft.Apply;
using Weft.Linux.Clients;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Resolving;
using Weft.Text;

namespace Weft.Kernel.Tests;

public sealed class LeasedNamesTests : IDisposable
{
    private readonly string runtime = Directory.CreateTempSubdirectory("weft-leased-").FullName;
    private readonly Keeper names = new();

    public LeasedNamesTests()
    {
        Directory.CreateDirectory(Path.Combine(runtime, "clients"));
        File.WriteAllText(Path.Combine(runtime, "clients", "eth0.conf"), "");
    }

    [Fact]
    public void What_is_no_address_and_no_domain_is_left_out_whatever_it_is_made_of()
    {
        Take("dhcp", ("new_domain_name_servers", "192.0.2.1 1 0x7f.1 [::1]:53 192.0.2.1\nnameserver\t198.51.100.66 $(reboot) 192.0.2.1;x 2001:db8::1%eth1 \u001b[2J -4 192.0.2.2"),
            ("new_domain_search", "a.example b.one\noptions\u00a0x $(touch\t/tmp/x) `id` ; --help ~. .. a..b -c.example \u001b]0;x\u0007 \0 EXAMPLE.org. " + new string('x', 10_000)));
        names.Told.ShouldBe("dns [192.0.2.1, 192.0.2.2] search [a.example, example.org]");
        File.ReadAllText(Path.Combine(runtime, "clients", "eth0.names")).ShouldBe("dhcp 192.0.2.1 192.0.2.2;a.example example.org\n");
    }

    [Fact]
    public void Of_pages_of_servers_and_domains_the_first_are_taken()
    {
        Take("dhcp", ("new_domain_name_servers", string.Join(' ', Enumerable.Range(0, 9000).Select(at => $"10.{at / 256}.{at % 256}.1"))), ("new_domain_search", string.Join(' ', Enumerable.Range(0, 5000).Select(at => $"d{at}.example"))));
        names.Words(NameLines.Dns).Count().ShouldBe(32);
        names.Words(NameLines.Search).ShouldBe(Enumerable.Range(0, 32).Select(at => $"d{at}.example"));
    }

    [Fact]
    public void A_link_local_server_is_asked_over_the_link_that_told_of_it()
    {
        Take("ra", ("nd1_rdnss1_servers", "fe80::53%eth0 fe80::54 fe80::55%eth1 2001:db8::53"), ("nd1_rdnss1_lifetime", "600"), ("nd1_dnssl1_search", "a.example"), ("nd1_dnssl1_lifetime", "0"));
        names.Told.ShouldBe("dns [fe80::53%eth0, fe80::54%eth0, 2001:db8::53]");
    }

    [Fact]
    public void Each_protocol_has_its_own_and_loses_its_own()
    {
        Take("ra", ("nd1_rdnss1_servers", "2001:db8::53"));
        Take("dhcp", ("new_domain_name_servers", "192.0.2.1"), ("new_domain_name", "a.example"));
        names.Told.ShouldBe("dns [192.0.2.1, 2001:db8::53] search [a.example]");
        Take("dhcp", ("new_domain_name_servers", "192.0.2.1"), ("if_up", "false"), ("if_down", "true"));
        names.Told.ShouldBe("dns [2001:db8::53]");
        Take("", ("reason", "STOPPED"));
        names.Told.ShouldBe("");
    }

    [Fact]
    public void What_the_keeper_refused_is_said_again_with_the_next_renewal_and_what_it_took_is_not()
    {
        names.Refuses = new("EBUSY", "not now");
        Take("dhcp", ("new_domain_name_servers", "192.0.2.1"))!.ShouldContain("not now");
        names.Refuses = null;
        Take("dhcp", ("new_domain_name_servers", "192.0.2.1")).ShouldBeNull();
        names.Told.ShouldBe("dns [192.0.2.1]");
        names.Told = "nothing since";
        Take("dhcp", ("new_domain_name_servers", "192.0.2.1"));
        names.Told.ShouldBe("nothing since");
    }

    [Theory]
    [InlineData("eth1")]
    [InlineData("")]
    public void Who_has_no_client_of_ours_is_not_heard(string link)
    {
        Take("dhcp", ("interface", link), ("new_domain_name_servers", "192.0.2.1"));
        names.Told.ShouldBe("");
    }

    [Fact]
    public void Two_that_set_names_at_once_take_turns()
    {
        var (inside, most) = (0, 0);
        names.While = () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Sleep(5);
            Interlocked.Decrement(ref inside);
        };
        Parallel.For(0, 8, _ => new InTurn(names, runtime).Lease("eth0", Settings.Empty).ShouldBeNull());
        most.ShouldBe(1);
        Should.Throw<IOException>(() => new InTurn(new Keeper { While = () => throw new IOException("of the keeper itself") }, runtime).Set("eth0", Settings.Empty)).Message.ShouldBe("of the keeper itself");
        new InTurn(names, Path.Combine(runtime, "clients", "eth0.conf")).Set("eth0", Settings.Empty)!.Errno.ShouldBe("EBUSY");
    }

    public void Dispose() => Directory.Delete(runtime, recursive: true);

    private string? Take(string protocol, params (string Word, string Value)[] said)
    {
        var words = new Dictionary<string, string> { ["interface"] = "eth0", ["protocol"] = protocol, ["reason"] = "BOUND", ["if_up"] = "true", ["if_down"] = "false" };
        foreach (var (word, value) in said)
            words[word] = value;
        return LeasedNames.Take(runtime, words, names);
    }

    private sealed class Keeper : INames
    {
        public string Told { get; set; } = "";
        public Refusal? Refuses { get; set; }
        public Action? While { get; set; }
        private Settings got = Settings.Empty;

        public Finding? Unfit => null;

        public IReadOnlyList<(string Link, Settings Names)> All() => [];

        public IEnumerable<string> Words(Model.Attributes.Attribute line) => NameLines.Words(got, line);

        public Refusal? Set(string link, Settings wish) => Lease(link, wish);

        public Refusal? Lease(string link, Settings names)
        {
            While?.Invoke();
            if (Refuses is null)
                (got, Told) = (names, string.Join(' ', names.Select(pair => $"{pair.Key} {pair.Value.Value}")));
            return Refuses;
        }
    }
}
