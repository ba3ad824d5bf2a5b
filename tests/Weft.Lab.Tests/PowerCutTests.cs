// The power goes, again and again, while one change follows the other: user-mode Linux with /var/lib/weft on an ext4 image is
// killed at a random moment and booted again from the same image. Every start succeeds, the good file is a whole one, the last
// that was final or the one that was just being made, and the host is exactly as it says.

using System.Globalization;
using System.Text.RegularExpressions;

namespace Weft.Lab.Tests;

public sealed partial class PowerCutTests(ITestOutputHelper output)
{
    /// <summary>Cuts in a usual run and in a long one.</summary>
    private const int Cuts = 5, Many = 50;

    /// <summary>A cut comes within this many changes, as long as one takes on this machine now.</summary>
    private const double Changes = 3;

    /// <summary>So often it comes in the start already.</summary>
    private const int EachInStart = 5;

    private const string One = "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nvlans: {bond0.7: {link: bond0, id: 7}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.5.1/24]}, br7: {ports: [bond0.7], addresses: [10.0.7.1/24]}}\n";
    private const string Two = "nics: {eth0: {mtu: 1400}, eth1: {}}\nbridges: {br0: {ports: [eth0], addresses: [10.0.5.2/24]}, br1: {ports: [eth1], addresses: [10.0.6.1/24]}}\nroutes: [{to: 198.51.100.0/24, via: 10.0.6.9}]\n";

    /// <summary>
    /// A file begins with its number, so that each is another; even ones are of one kind and odd ones of the other. `begin`, `done` and `never`
    /// go out before and after each change; one that is never confirmed has a number too.
    /// </summary>
    private const string Guest = """
        what=$1 folder=$2 weft=$3
        modprobe ext4 && mount -t ext4 /dev/ubda /var/lib/weft || { echo "the image could not be mounted"; exit 1; }
        for nic in 0 1; do ip link add eth$nic address 02:00:5e:00:00:0$nic type veth peer name sw$nic; ip link set sw$nic up; done
        state() {
          for i in $(seq 30); do ip -6 addr | grep -q tentative || break; sleep 0.1; done
          ip -o -d link | grep -v ': sw[01]@' | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/@sw[0-9]*//; s/[a-z_]*_timer *[0-9.]*//g; s/state [A-Z]*//; s/mii_status [A-Z]*//; s/qlen [0-9]*//' | sort
          ip -o addr | grep -v 'inet6 fe80' | cut -d' ' -f2- | sed 's/ *\\.*//' | sort; ip route; bridge vlan
        }
        file() { { echo "# $1"; cat $folder/kind$(($1 % 2)); } >/tmp/$1.yaml; echo /tmp/$1.yaml; }
        number() { head -n 1 /var/lib/weft/good.yaml 2>/dev/null | cut -c3-; }
        echo up
        code=0; $weft boot >/tmp/boot 2>&1 || code=$?
        echo "boot $code"; [ $code = 0 ] || cat /tmp/boot
        n=$(number); echo "good ${n:-none}"
        if [ -n "$n" ]; then
          cmp /var/lib/weft/good.yaml $(file $n) && echo whole
          $weft plan /var/lib/weft/good.yaml
          state >/tmp/state; [ -e $folder/state$((n % 2)) ] && { diff $folder/state$((n % 2)) /tmp/state && echo same; }
        fi
        [ -e /var/lib/weft/journal.json ] && echo journal
        if [ $what = first ]; then
          for n in 1 2; do began=$(date +%s%3N); $weft apply -q $(file $n) || exit 1; took=$(($(date +%s%3N) - began)); state >$folder/state$((n % 2)); echo "done $n"; done
          echo "took $took"
        fi
        [ $what = loop ] || exit 0
        echo loop
        while :; do
          n=$((n + 1)); echo "begin $n"
          case $((n % 4)) in
            0|1) $weft apply -q $(file $n);;
            *) $weft apply -q --confirm 60s $(file $n) && $weft confirm -q;;
          esac || { echo "failed $n"; exit 1; }
          echo "done $n"
          if [ $((n % 4)) = 3 ]; then
            never=$((n + 1000001)); echo "never $never"
            $weft apply -q --confirm 60s $(file $never) && $weft rollback -q || { echo "failed $never"; exit 1; }
          fi
        done
        """;

    [Fact]
    public void Wherever_the_power_goes_a_host_comes_up_as_its_last_good_file_says()
    {
        using var files = new Files();
        files.Write("kind1", One);
        files.Write("kind0", Two);
        var image = files.Write("disk", "");
        using (var size = new FileStream(image, FileMode.Open, FileAccess.Write))
            size.SetLength(16 << 20);
        Tool.Run("mke2fs", ["-q", "-t", "ext4", image]).Code.ShouldBe(0);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WEFT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var dice = new Random(seed);

        var (done, begun, took) = (0, 0, 0);
        using (var first = Boot(files, image, "first"))
        {
            var outcome = first.End();
            Judge(outcome, ref done, ref begun);
            took = Numbers(outcome, "took").ShouldHaveSingleItem(outcome.Output);
        }
        done.ShouldBe(2);
        for (var cut = 0; cut < (Environment.GetEnvironmentVariable("WEFT_LONG") == "1" ? Many : Cuts); cut++)
        {
            var isStart = cut % EachInStart == EachInStart - 1;
            var wait = TimeSpan.FromMilliseconds(dice.NextDouble() * took * (isStart ? 1 : Changes));
            using var guest = Boot(files, image, "loop", isStart ? "up\n" : "loop\n");
            guest.Met();
            guest.Ends(wait).ShouldBeFalse("the guest ended by itself");
            guest.Signal(9);
            var outcome = guest.End();
            guest.Left().Processes.ShouldBe(0);
            if (!isStart || outcome.Output.Contains("loop\n", StringComparison.Ordinal))
                Judge(outcome, ref done, ref begun);
            output.WriteLine($"cut {cut + 1} {wait.TotalMilliseconds:0} ms after it was {(isStart ? "up" : "in its loop")}: file {done} was final{(begun > done ? $", and {begun} begun" : "")}");
        }
        using var last = Boot(files, image, "look");
        Judge(last.End(), ref done, ref begun);
    }

    /// <summary>What a guest said at its start is what the one before left; what it said later, the next one must find.</summary>
    private static void Judge(Outcome outcome, ref int done, ref int begun)
    {
        var said = $"final before: {done}, begun: {begun}\n{outcome.Output}{outcome.Errors}";
        outcome.Output.ShouldContain("boot 0\n", customMessage: said);
        outcome.Output.ShouldNotContain("journal\n", customMessage: said);
        outcome.Output.ShouldNotContain("failed", customMessage: said);
        if (done == 0)
            outcome.Output.ShouldContain("good none\n", customMessage: said);
        else
        {
            Numbers(outcome, "good").ShouldHaveSingleItem(said).ShouldBeOneOf([done, begun], said);
            outcome.Output.ShouldContain("whole\n", customMessage: said);
            outcome.Output.ShouldContain("Nothing to do", customMessage: said);
            outcome.Output.ShouldContain("same\n", customMessage: said);
        }
        done = Math.Max(Numbers(outcome, "done").LastOrDefault(), Numbers(outcome, "good").LastOrDefault());
        begun = Math.Max(done, Numbers(outcome, "begin").LastOrDefault());
    }

    private static int[] Numbers(Outcome outcome, string word) =>
        [.. Said().Matches(outcome.Output).Where(match => match.Groups["word"].Value == word).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))];

    private static Launcher Boot(Files files, string image, string what, string awaited = "") =>
        Launcher.StartAwaiting(awaited, $"user-mode share={files.Folder} disk={image}", "bash", "-c", Guest, "guest", what, files.Folder, Product());

    private static string Product()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "weft.slnx")))
                return Path.Combine(folder.FullName, "out", "weft");
        return Environment.GetEnvironmentVariable("WEFT_EXE") ?? "weft";
    }

    [GeneratedRegex("^(?<word>good|done|begin|took) (?<number>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Said();
}
