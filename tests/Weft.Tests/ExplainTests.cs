// Every attribute, mode and rule has words, and no words are left of something that is gone; and what the tables say of a
// word is told as they say it.

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weft.Check;
using Weft.Explain;
using Weft.Model.Attributes;
using Weft.Model.Shapes;

namespace Weft.Tests;

public sealed class ExplainTests
{
    public static TheoryData<string> Words => [.. Lexicon.Words];

    [Fact]
    public void Every_attribute_has_a_paragraph_and_no_paragraph_is_of_another_word()
    {
        Lexicon.Options.SelectMany(group => group.Lines).Select(line => line.Order).Order().ShouldBe(Table.All.Select(line => line.Order).Order());
        foreach (var (title, _, lines, prose) in Lexicon.Options)
            prose.Keys.Order(StringComparer.Ordinal).ShouldBe(lines.Select(line => line.Name).Order(StringComparer.Ordinal), title);
    }

    [Fact]
    public void Every_mode_has_a_paragraph_and_no_paragraph_is_of_another_word() =>
        ModeWords.All.Keys.Order(StringComparer.Ordinal).ShouldBe(((OneOf)BondLines.Mode.Shape).Words.Select(mode => mode.Word).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_profile_has_a_paragraph_and_a_reason_for_each_of_its_values()
    {
        HostWords.Profiles.Keys.ShouldBe(Model.Profiles.All.Select(profile => profile.Name), ignoreOrder: true);
        foreach (var tuned in Model.Profiles.All.SelectMany(profile => profile.All))
        {
            tuned.Reason.Length.ShouldBeGreaterThan(20);
            if (tuned.Line.Shape is Scalar shape)
                shape.Parse(tuned.Value.ToString()!).Value.ShouldBe(tuned.Value, tuned.Line.Name);
        }
        Text("10g").ShouldContain("  net.core.rmem_max: 67108864\n");
    }

    [Fact]
    public void Every_rule_is_explained_with_both_its_examples()
    {
        foreach (var rule in Rules.All)
        {
            var text = Text(rule.Id);
            text.ShouldContain("  Wrong:\n");
            text.ShouldContain("  Right:\n");
            text.ShouldContain("^");
            text.ShouldNotContain("[|");
        }
    }

    [Fact]
    public void A_paragraph_is_two_to_six_sentences()
    {
        var prose = Lexicon.Groups.SelectMany(group => group.Entries).Select(entry => (entry.Word, Text: entry switch
        {
            Entry.Option option => option.Prose,
            Entry.Mode mode => mode.Prose,
            Entry.Subject subject => subject.Prose,
            Entry.Profile profile => profile.Prose,
            _ => null,
        })).Where(entry => entry.Text is not null).Select(entry => (entry.Word, Sentences: Regex.Count(entry.Text!, "[.?](?: |$)", RegexOptions.None, TimeSpan.FromSeconds(1))));
        prose.Where(entry => entry.Sentences is < 2 or > 6).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_word_is_found_and_fits_a_terminal(string word)
    {
        Lexicon.Find(word).ShouldNotBeEmpty();
        // An example is as it is; a file has no other line breaks.
        if (Rules.Find(word) is null)
            ExplainText.Of(Lexicon.Find(word)).Where(line => line.ToString().Length > 78).ShouldBeEmpty();
        using var document = JsonDocument.Parse(Json(to => ExplainJson.Write(to, Lexicon.Find(word))));
        document.RootElement.GetProperty("entries").EnumerateArray().ShouldAllBe(entry => entry.GetProperty("word").GetString() == word);
    }

    [Fact]
    public void An_attribute_is_told_from_the_table_and_then_in_prose() =>
        Text("arp_missed_max").ShouldStartWith("""
            arp_missed_max, of a bond
              After how many intervals without an answer a port is down.

              holds        a number from 1 to 255
              default      2
              modes        balance-rr, active-backup, balance-xor, broadcast; in others
                           the kernel refuses it (EACCES)
              to change    any time
              kernel       5.17 and later, and older ones that a distribution has brought
                           it to
              kernel name  missed_max

              More makes the monitor patient
            """);

    [Theory]
    [InlineData("miimon", "default", "0; 100 ms in 802.3ad, balance-tlb, balance-alb")]
    [InlineData("forward_delay", "default", "1500 (15 s)")]
    [InlineData("mcast_startup_query_interval", "default", "3125 (31.25 s)")]
    [InlineData("lp_interval", "default", "1 s")]
    [InlineData("arp_ip_target", "default", "none")]
    [InlineData("id", "default", "none, it must be said")]
    [InlineData("mode", "to change", "the bond must be down and have no ports")]
    [InlineData("fail_over_mac", "to change", "the bond must have no ports; it may be up")]
    [InlineData("lacp_rate", "to change", "the bond must be down; its ports may stay")]
    [InlineData("vlan_stats_per_port", "to change", "the bridge must have no ports; it may be up")]
    [InlineData("protocol", "to change", "the VLAN is made anew: the kernel takes the message and does nothing")]
    [InlineData("min_links", "modes", "802.3ad; in others the kernel takes it, and nothing comes of it")]
    [InlineData("use_carrier", "modes", "all")]
    [InlineData("nf_call_iptables", "kernel", "built with CONFIG_BRIDGE_NETFILTER")]
    [InlineData("stp", "kernel name", "stp_state")]
    public void A_fact_is_the_tables(string word, string label, string text) =>
        Facts.Of(Lexicon.Find(word).OfType<Entry.Option>().First().Line).Single(fact => fact.Label == label).Text.ShouldBe(text);

    [Theory]
    [InlineData("priority", "a bridge, a port of a bridge")]
    [InlineData("mcast_router", "a bridge, a port of a bridge")]
    [InlineData("group_fwd_mask", "a bridge, a port of a bridge")]
    [InlineData("num_peer_notif", "a bond")]
    [InlineData("address", "a link")]
    public void A_name_of_several_things_is_told_of_each_and_the_kernels_name_is_one(string word, string of) =>
        string.Join(", ", Lexicon.Find(word).Cast<Entry.Option>().Select(option => option.Of)).ShouldBe(of);

    [Theory]
    [InlineData("802.3ad", "802.3ad")]
    [InlineData("4", "802.3ad")]
    [InlineData("mode4", "802.3ad")]
    [InlineData("mode0", "balance-rr")]
    [InlineData("7", null)]
    [InlineData("mode", "mode")]
    [InlineData("", null)]
    [InlineData("nonsense", null)]
    public void A_mode_is_found_by_name_and_number(string word, string? found) => Lexicon.Find(word).FirstOrDefault()?.Word.ShouldBe(found);

    [Fact]
    public void A_mode_names_the_options_that_are_its_own_and_those_that_it_refuses()
    {
        Facts.OwnOf("802.3ad").ShouldContain("lacp_rate");
        Facts.RefusedIn("802.3ad").ShouldBe(["arp_interval", "arp_validate", "arp_missed_max", "primary", "tlb_dynamic_lb", "packets_per_slave", "prio"]);
    }

    [Fact]
    public void A_rule_shows_its_mistake_underlined()
    {
        Text("bond-without-monitoring").ShouldContain("""
                  bond0: {ports: [eth0, eth1], mode: active-backup}
                  ^^^^^
            """);
        using var document = JsonDocument.Parse(Json(to => ExplainJson.Write(to, Lexicon.Find("bond-without-monitoring"))));
        var rule = document.RootElement.GetProperty("entries")[0];
        rule.GetProperty("places")[0].ToString().ShouldBe("""{"line":3,"column":3,"length":5}""");
        rule.GetProperty("bad").GetString()!.ShouldNotContain("|");
    }

    [Fact]
    public void The_list_has_every_word()
    {
        var listed = string.Concat(ExplainText.List().Select(line => $"{line}\n")).Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Lexicon.Words.Except(listed).ShouldBeEmpty();
        using var document = JsonDocument.Parse(Json(ExplainJson.WriteList));
        document.RootElement.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)).Distinct().ShouldBe(Lexicon.Words, ignoreOrder: true);
    }

    private static string Text(string word) => string.Concat(ExplainText.Of(Lexicon.Find(word)).Select(line => $"{line}\n"));

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer))
            write(to);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
