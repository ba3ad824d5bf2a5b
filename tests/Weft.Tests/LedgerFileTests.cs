// The ledger on disk: what is written is read, and what is damaged counts as none.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class LedgerFileTests
{
    private static Ledger Sample { get; } = new()
    {
        Epoch = "d2f0/1",
        Links = [new("eth0", 2, "nic"), new("br0", 7, "bridge")],
        Last = HostFile.Read("host.yaml", "host: h1\nnics: {eth0: {mtu: 9000}}\nbridges: {br0: {ports: [eth0], addresses: [\"2001:db8::1/64\"]}}\nguests: {web1: {nics: [{bridge: br0}]}}\n").Host!,
        Firsts = new Host { Links = [new(At.Nowhere("eth0"), LinkKind.Nic) { Settings = Settings.Empty.With(Table.Mtu, Value.Of(1500)).With(Table.Mac, Value.Of("02:00:00:00:00:01")).With(Table.Up, Value.Of(false)) }] },
    };

    [Fact]
    public void A_ledger_is_read_as_it_was_written()
    {
        var disk = new Disk();
        LedgerFile.Write(disk, Sample).ShouldBeNull();
        var (ledger, ignored) = LedgerFile.Read(disk);
        ignored.ShouldBeNull();
        ledger.Epoch.ShouldBe(Sample.Epoch);
        ledger.Links.ShouldBe(Sample.Links);
        HostWriter.Write(ledger.Last).ShouldBe(HostWriter.Write(Sample.Last));
        ledger.Firsts.Find("eth0")!.Settings.ShouldBe(Sample.Firsts.Find("eth0")!.Settings);
        LedgerFile.Print(ledger).ShouldBe(LedgerFile.Print(Sample));
    }

    [Fact]
    public void An_empty_ledger_is_read_as_it_was_written() =>
        LedgerFile.Parse(LedgerFile.Print(Ledger.Empty)).ShouldNotBeNull().Last.Links.ShouldBeEmpty();

    [Fact]
    public void A_NIC_that_is_a_dummy_to_the_kernel_is_remembered_all_the_same()
    {
        var dummy = Sample with { Firsts = new Host { Links = [new(At.Nowhere("d0"), LinkKind.Of("dummy")) { Settings = Settings.Empty.With(Table.Mtu, Value.Of(1400)) }] } };
        LedgerFile.Parse(LedgerFile.Print(dummy))!.Firsts.Find("d0")!.Settings.Number(Table.Mtu).ShouldBe(1400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(65536)]
    [InlineData(2_000_000_000)]
    public void What_a_NIC_was_and_no_file_may_say_does_not_spoil_the_ledger(int mtu)
    {
        var odd = Settings.Empty.With(Table.Mtu, Value.Of(mtu)).With(Table.Mac, Value.Of("01:00:5e:00:00:01")).With(Table.Up, Value.Of(true));
        var firsts = Sample with { Firsts = new Host { Links = [new(At.Nowhere("d0"), LinkKind.Of("dummy")) { Settings = odd }] } };
        var read = LedgerFile.Parse(LedgerFile.Print(firsts)).ShouldNotBeNull();
        read.Links.ShouldBe(Sample.Links);
        read.Firsts.Find("d0")!.Settings.ShouldBe(Settings.Empty.With(Table.Up, Value.Of(true)));
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_is_an_empty_one_and_says_why()
    {
        var (ledger, ignored) = LedgerFile.Read(new Disk { Text = LedgerFile.Print(Sample), Wrong = "permission denied" });
        ledger.ShouldBe(Ledger.Empty);
        ignored.ShouldNotBeNull().What.ShouldContain("permission denied");
    }

    [Fact]
    public void A_ledger_that_did_not_change_is_not_written_again()
    {
        var disk = new Disk();
        LedgerFile.Write(disk, Sample);
        LedgerFile.Write(disk, Sample);
        disk.Writes.ShouldBe(1);
    }

    [Fact]
    public void A_disk_that_is_full_is_a_warning() =>
        LedgerFile.Write(new Disk { Full = true }, Sample).ShouldBe("No space left on device");

    [Fact]
    public void No_ledger_is_an_empty_one_without_a_word() => LedgerFile.Read(new Disk()).ShouldBe((Ledger.Empty, null));

    public static TheoryData<string> Damaged =>
    [
        "", "{", "[]", "null", "{}", "3", """{"epoch":"a"}""", """{"epoch":1,"links":[],"last":"{}","firsts":"{}"}""", """{"epoch":"a","links":{},"last":"{}","firsts":"{}"}""",
        """{"epoch":"a","links":[{"name":"a","index":"x","kind":"nic"}],"last":"{}","firsts":"{}"}""", """{"epoch":"a","links":[3],"last":"{}","firsts":"{}"}""",
        """{"epoch":"a","links":[{"name":"a","index":99999999999,"kind":"nic"}],"last":"{}","firsts":"{}"}""",
        """{"epoch":"a","links":[],"last":"nics: [","firsts":"{}"}""", """{"epoch":"a","links":[],"last":"nicks: {}","firsts":"{}"}""", """{"epoch":"a","links":[],"last":null,"firsts":"{}"}""",
    ];

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_ledger_is_an_empty_one_with_advice(string text)
    {
        var (ledger, ignored) = LedgerFile.Read(new Disk { Text = text });
        ledger.ShouldBe(Ledger.Empty);
        ignored.ShouldNotBeNull().Severity.ShouldBe(Severity.Advice);
    }

    [Fact]
    public void Cut_off_anywhere_a_ledger_is_damaged_or_whole_and_never_thrown()
    {
        var text = LedgerFile.Print(Sample);
        for (var length = 0; length < text.Length - 2; length++)
            LedgerFile.Parse(text[..length]).ShouldBeNull();
    }

    private sealed class Disk : IDisk
    {
        public string? Text { get; init; }
        public bool Full { get; init; }
        public string? Wrong { get; init; }
        public int Writes { get; private set; }
        private string? written;

        public string PathOf(string name) => name;

        public (string? Text, string? Wrong) Read(string name) => Wrong is null ? (written ?? Text, null) : (null, Wrong);

        public string? Write(string name, Action<Stream> content)
        {
            if (Full)
                return "No space left on device";
            Writes++;
            using var stream = new MemoryStream();
            content(stream);
            written = System.Text.Encoding.UTF8.GetString(stream.ToArray());
            return null;
        }

        public string? Remove(string name)
        {
            written = null;
            return null;
        }
    }
}
