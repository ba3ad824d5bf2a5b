// What weft install would do to a machine's files, and that it does nothing to somebody else's.

using Weft.Install;
using Weft.Takeover;
using Weft.Text;

namespace Weft.Tests.Takeover;

public sealed class InstallTests
{
    private static IEnumerable<Piece> Pieces => [.. BootUnit.Pieces("/usr/local/sbin/weft", null), MacPolicy.Piece()];

    [Fact]
    public void Installed_twice_it_does_nothing_and_removed_it_leaves_nothing()
    {
        var tree = new TreeOfText(("/etc/systemd/system/other.service", "x"), ("/etc/systemd/network/10-mine.link", "y"), ("/etc/systemd/system/multi-user.target.wants/other.service", "z"));
        var before = tree.Whole;
        var first = Installation.Of(Pieces, tree);
        first.Findings.ShouldBeEmpty();
        first.Release.Acts.Select(act => act.Path).ShouldBe([BootUnit.Path, Adoption.Enabled, MacPolicy.Path]);
        first.Release.Carry(tree).Done.ShouldBeTrue();
        Installation.Of(Pieces, tree).Release.Acts.ShouldBeEmpty();
        Installation.Removal(Pieces, tree).Release.Carry(tree).Done.ShouldBeTrue();
        tree.Whole.ShouldBe(before);
    }

    [Fact]
    public void A_unit_of_another_version_is_replaced()
    {
        var tree = new TreeOfText();
        Installation.Of(BootUnit.Pieces("/opt/weft", null), tree).Release.Carry(tree).Done.ShouldBeTrue();
        var again = Installation.Of(BootUnit.Pieces("/usr/local/sbin/weft", "/usr/local/dotnet"), tree);
        again.Findings.ShouldBeEmpty();
        again.Release.Acts.ShouldHaveSingleItem().Verb.ShouldBe("replace");
        again.Release.Carry(tree).Done.ShouldBeTrue();
        tree.Text(BootUnit.Path).ShouldContain("ExecStart=/usr/local/sbin/weft boot\n");
        tree.Text(BootUnit.Path).ShouldContain("\nEnvironment=DOTNET_ROOT=/usr/local/dotnet\n");
    }

    [Fact]
    public void Somebody_elses_unit_of_that_name_stops_all_and_is_never_removed()
    {
        var tree = new TreeOfText((BootUnit.Path, "[Unit]\nDescription=not Weft's\n"));
        Installation.Of(Pieces, tree).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Rule.ShouldBe("file-not-ours"), finding => finding.Severity.ShouldBe(Severity.Error), finding => finding.Mend.ShouldContain("move it away"));
        var removal = Installation.Removal(Pieces, tree);
        removal.Release.Acts.ShouldBeEmpty();
        removal.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Advice);
    }

    [Fact]
    public void A_masked_unit_stays_masked_and_says_how_to_unmask_it() =>
        Installation.Of(Pieces, new TreeOfText().Add(BootUnit.Path, Entry.LinkTo("/dev/null"))).Findings.ShouldHaveSingleItem().Mend.ShouldContain("systemctl unmask weft.service");

    [Fact]
    public void Stopping_the_unit_takes_nothing_down_and_starting_it_comes_before_the_network_is_up()
    {
        var unit = BootUnit.Pieces("/usr/local/sbin/weft", null).First().Entry.Text;
        unit.ShouldNotContain("ExecStop");
        foreach (var line in new[] { "Type=oneshot", "RemainAfterExit=yes", "KillMode=process", "Before=network.target network-online.target", "ExecStart=/usr/local/sbin/weft boot", "WantedBy=multi-user.target", "RuntimeDirectoryPreserve=yes", "Conflicts=shutdown.target" })
            unit.Split('\n').ShouldContain(line);
    }

    [Theory]
    [InlineData("/usr/local/sbin/weft", true)]
    [InlineData("/home/me/my weft", false)]
    [InlineData("/opt/50%/weft", false)]
    [InlineData("weft", false)]
    public void A_path_that_a_unit_would_read_otherwise_is_none_for_it(string path, bool sayable) => BootUnit.IsSayable(path).ShouldBe(sayable);
}
