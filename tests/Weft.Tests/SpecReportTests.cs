// The form of messages: the line, the carets under the value, and nothing that could drive a terminal.

using System.Text;
using System.Text.Json;
using Weft.Text;

namespace Weft.Tests;

public sealed class SpecReportTests
{
    [Fact]
    public void A_finding_prints_its_line_with_carets_and_its_three_sentences() =>
        Print("nics: {}\nvlans:\n  bond0.3081: {link: bond0, id: 3081, mtu: 9000}\n", new Place("host.yaml", 3, 44, 4)).ShouldBe("""
            host.yaml:3:44: error some-rule: what is wrong
               3 |   bond0.3081: {link: bond0, id: 3081, mtu: 9000}
                 |                                            ^^^^
              why:  why it matters
              mend: what to do

            """);

    [Fact]
    public void A_finding_about_nothing_written_prints_without_a_line() =>
        Print("a\n", Place.None).ShouldBe("error some-rule: what is wrong\n  why:  why it matters\n  mend: what to do\n");

    [Fact]
    public void Escape_sequences_of_a_file_come_out_as_text()
    {
        var printed = Print("host: \u001b[31mred\u202e\u0007\n", new Place("host.yaml", 1, 7, 8), "the value \u001b[2J");
        printed.ShouldContain(@"host: \x1b[31mred\u202e\x07");
        printed.ShouldContain(@"the value \x1b[2J");
        printed.ShouldNotContain("\u001b");
        printed.Split('\n')[2].ShouldBe("     |       " + new string('^', 11));
    }

    [Fact]
    public void Carets_stand_below_values_behind_tabs_and_wide_letters()
    {
        Rows("a:\tb: xyz", 7, 3).ShouldBe(("   1 | a:\tb: xyz", "     |   \t   ^^^"));
        Rows("網路: xy", 5, 2).ShouldBe(("   1 | 網路: xy", "     |       ^^"));
        Rows("\U0001F600: xy", 5, 2).ShouldBe(("   1 | \U0001F600: xy", "     |     ^^"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(9990)]
    public void A_long_line_is_shown_around_its_value(int column)
    {
        var line = new string('a', column - 1) + "VALUE" + new string('b', 10_000 - column);
        var (shown, carets) = Rows(line, column, 5);
        shown.Length.ShouldBeLessThan(140);
        shown.Substring(carets.IndexOf('^', StringComparison.Ordinal), 5).ShouldBe("VALUE");
        carets.ShouldEndWith("^^^^^");
    }

    [Fact]
    public void A_column_behind_the_line_gives_one_caret_at_its_end() => Rows("ab", 9, 4).ShouldBe(("   1 | ab", "     |   ^"));

    [Fact]
    public void Json_has_every_field_of_every_finding_in_the_order_of_places()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            Report.WriteJson(json, [Finding.Warning("b", new Place("f", 2, 1), "w2", "y", "m"), Finding.Error("a", new Place("f", 1, 3), "w\u001b", "y", "m")]);
        Encoding.UTF8.GetString(bytes.ToArray()).ShouldBe("""{"findings":[{"rule":"a","severity":"error","file":"f","line":1,"column":3,"what":"w\u001B","why":"y","mend":"m"},{"rule":"b","severity":"warning","file":"f","line":2,"column":1,"what":"w2","why":"y","mend":"m"}]}""");
    }

    private static string Print(string text, Place place, string what = "what is wrong") =>
        Report.Text([Finding.Error("some-rule", place, what, "why it matters", "what to do")], new Source("host.yaml", text));

    private static (string Shown, string Carets) Rows(string line, int column, int length)
    {
        var rows = Print(line, new Place("host.yaml", 1, column, length)).Split('\n');
        return (rows[1], rows[2]);
    }
}
