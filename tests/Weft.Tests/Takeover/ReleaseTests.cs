// Acts carried out and taken back: all or nothing, from wherever somebody died, to the byte; and never over what somebody
// else changed meanwhile.

using Weft.Takeover;

namespace Weft.Tests.Takeover;

public sealed class ReleaseTests
{
    private static readonly Entry Odd = new(EntryKind.File, [0x61, 0xff, 0x00, 0x0a], 0x180, (7, 8));

    private static TreeOfText Tree() => new TreeOfText(("/etc/a", "one\n"), ("/etc/gone", "two\n")).Add("/etc/odd", Odd).Add("/etc/link", Entry.LinkTo("a"));

    private static Release Acts(TreeOfText tree) => new Release(
    [
        new("/etc/odd", Odd, null, "x", "y"),
        new("/etc/new/deep/file", null, Entry.File("ours\n"), "x", "y"),
        new("/etc/a", tree.Look("/etc/a").Entry, Entry.File("changed\n"), "x", "y"),
        new("/etc/link", tree.Look("/etc/link").Entry, null, "x", "y"),
        new("/etc/mask", null, Entry.LinkTo("/dev/null"), "x", "y"),
    ]).WithFolders(tree);

    [Fact]
    public void What_was_carried_out_is_given_back_to_the_byte()
    {
        var tree = Tree();
        var (before, release) = (tree.Whole, Acts(tree));
        release.Acts.Select(act => act.Path).ShouldBe(["/etc/odd", "/etc/new", "/etc/new/deep", "/etc/new/deep/file", "/etc/a", "/etc/link", "/etc/mask"]);
        release.Carry(tree).Done.ShouldBeTrue();
        tree.Text("/etc/a").ShouldBe("changed\n");
        tree.Look("/etc/odd").Entry.ShouldBeNull();
        release.Undo(tree).ShouldSatisfyAllConditions(back => back.Done.ShouldBeTrue(), back => back.Findings.ShouldBeEmpty());
        tree.Whole.ShouldBe(before);
    }

    [Fact]
    public void From_every_point_of_death_the_record_gives_everything_back_and_carrying_out_again_ends_as_it_should()
    {
        var all = Tree();
        Acts(all).Carry(all).Done.ShouldBeTrue();
        for (var point = 1; point <= all.Writes; point++)
            foreach (var onward in new[] { false, true })
            {
                var tree = Tree();
                var before = tree.Whole;
                var record = ReleaseFile.Print(Acts(tree));
                (tree.Refused, tree.Dies) = (point, true);
                Should.Throw<TreeOfText.Gone>(() => Acts(tree).Carry(tree));
                (tree.Refused, tree.Dies) = (0, false);
                var left = ReleaseFile.Parse(record).ShouldNotBeNull();
                (onward ? left.Carry(tree) : left.Undo(tree)).Done.ShouldBeTrue($"point {point}");
                tree.Whole.ShouldBe(onward ? all.Whole : before, $"point {point}");
            }
    }

    [Fact]
    public void An_undo_that_died_is_begun_again()
    {
        var done = Tree();
        Acts(done).Carry(done);
        for (var point = 1; point <= done.Writes; point++)
        {
            var tree = Tree();
            var (before, release) = (tree.Whole, Acts(tree));
            release.Carry(tree);
            (tree.Refused, tree.Dies) = (tree.Writes + point, true);
            Should.Throw<TreeOfText.Gone>(() => release.Undo(tree));
            (tree.Refused, tree.Dies) = (0, false);
            release.Undo(tree).Done.ShouldBeTrue();
            tree.Whole.ShouldBe(before, $"point {point}");
        }
    }

    [Fact]
    public void A_write_that_is_refused_takes_back_those_before_it()
    {
        for (var point = 1; point <= 7; point++)
        {
            var tree = Tree();
            var before = tree.Whole;
            tree.Refused = point;
            var done = Acts(tree).Carry(tree);
            (done.Done, done.IsHalfWay).ShouldBe((false, false));
            done.Findings.ShouldHaveSingleItem().What.ShouldContain("No space left on device");
            tree.Whole.ShouldBe(before, $"point {point}");
        }
    }

    [Fact]
    public void What_somebody_changed_since_is_left_and_told()
    {
        var tree = Tree();
        var release = Acts(tree);
        release.Carry(tree);
        tree.Add("/etc/a", Entry.File("somebody's\n"));
        tree.Add("/etc/new/deep/other", Entry.File("somebody's too\n"));
        var back = release.Undo(tree);
        back.Done.ShouldBeFalse();
        back.Findings.ShouldHaveSingleItem().What.ShouldBe("/etc/a: it was changed since");
        tree.Text("/etc/a").ShouldBe("somebody's\n");
        tree.Text("/etc/new/deep/other").ShouldBe("somebody's too\n");
        tree.Look("/etc/odd").Entry.ShouldBe(Odd);
    }

    [Fact]
    public void Files_that_are_not_what_they_were_when_it_was_planned_stop_it_before_the_first_act()
    {
        var tree = Tree();
        var release = Acts(tree);
        tree.Add("/etc/mask", Entry.File("somebody's\n"));
        var before = tree.Whole;
        release.Carry(tree).Findings.ShouldHaveSingleItem().Rule.ShouldBe("file-moved-on");
        (tree.Whole, tree.Writes).ShouldBe((before, 0));
    }

    [Fact]
    public void The_record_is_read_as_it_was_written_and_nothing_else_is_acted_on()
    {
        var text = ReleaseFile.Print(Acts(Tree()));
        ReleaseFile.Print(ReleaseFile.Parse(text)!).ShouldBe(text);
        ReleaseFile.Parse("nonsense").ShouldBeNull();
        ReleaseFile.Parse(text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)).ShouldBeNull();
        ReleaseFile.Parse(text.Replace("/etc/odd", "/etc/../odd", StringComparison.Ordinal)).ShouldBeNull();
        ReleaseFile.Parse(text[..^20]).ShouldBeNull();
    }
}
