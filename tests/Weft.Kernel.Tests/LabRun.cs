// One lab: host files in, a shell script run on the first host, its output back in sections. The lab is made by the weft
// under test itself, right there: these tests run inside a lab already, on a kernel that has everything.

using System.Diagnostics;
using System.Text;

namespace Weft.Kernel.Tests;

/// <summary>What came of a lab.</summary>
internal sealed record LabRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Helpers for scripts: `section NAME` begins a section of the output, `settle` waits for bonds and addresses.</summary>
    private const string Prelude = """
        section() { echo; echo "@@ $1"; }
        folder() { dirname $(find /run/weft -name ledger.json); }
        # What a host is, without its counters. Which port of a bond is active, and what a port costs by its speed at the last change of carrier, is the kernel's own choice.
        state() {
          ip -o -d link | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/link-netnsid [0-9]*//; s/[a-z_]*_timer *[0-9.]*//g; s/ad_[a-z_]* [^ ]*//g; s/ state [A-Z]*//; s/ active_slave [^ ]*//; s/bond_slave state [A-Z]* mii_status [A-Z]*/bond_slave/; s/ promiscuity [0-9]* *allmulti [0-9]*//; s/ cost [0-9]*//; s/link_failure_count [0-9]*//' | sort
          ip -o addr | grep -v 'inet6 fe80' | cut -d' ' -f2- | sed 's/ *\\.*//' | sort
          ip -4 route show table all | sort; ip -6 route show table all | grep -v -e fe80 -e ff00 | sed 's/ pref medium//' | sort; ip rule
          bridge vlan | awk '/^[^ \t]/ { link = $1; $1 = "" } { print link, $0 }' | sort # The kernel lists links in the order of their indexes.
          cat /proc/sys/net/ipv6/conf/default/disable_ipv6
        }
        # A terminal with a session of its own, in which a command begins. Once a file is there the terminal goes, and of `killed` the whole session before it.
        terminal() { # goes|killed FILE COMMAND...
          [ -e /dev/pts/ptmx ] || mount -t devpts devpts /dev/pts
          TERM=xterm python3 -c '
        import os, pty, signal, sys, time
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvp(sys.argv[3], sys.argv[3:])
        for _ in range(2000):
            if os.path.exists(sys.argv[2]):
                break
            time.sleep(0.005)
        for entry in os.listdir("/proc") if sys.argv[1] == "killed" else []:
            try:
                if entry.isdigit() and os.getsid(int(entry)) == os.getsid(pid):
                    os.kill(int(entry), signal.SIGKILL)
            except OSError:
                pass
        os.close(terminal)
        print("exit", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))' "$@"
        }
        dump() { section link; ip -j -d link; section addr; ip -j addr; section route; ip -j route show table all; section route6; ip -j -6 route show table all; echo; }
        ok() { "$@" >ok.log 2>&1 || { echo "FAILED($?): $*"; cat ok.log; exit 99; }; }
        settled() {
          ip -br link | grep -E '^(eth|br)' | grep -q 'NO-CARRIER' && return 1
          # The kernel tells of a carrier at once and acts on it, an address of its own included, up to a second later.
          ip -o link show up | grep 'LOWER_UP' | grep -qE 'state (DOWN|LOWERLAYERDOWN)' && return 1
          for bond in $(ls /proc/net/bonding 2>/dev/null); do
            if grep -q 'IEEE 802.3ad' /proc/net/bonding/$bond; then
              [ "$(grep -c '    port state: \(61\|63\)$' /proc/net/bonding/$bond)" = "$(( $(grep -c '^Slave Interface' /proc/net/bonding/$bond) * 2 ))" ] || return 1
            fi
            grep -A1 '^Slave Interface' /proc/net/bonding/$bond | grep -q 'MII Status: up' || return 1
          done
          # Last, for a carrier that was acted on just now brought an address.
          ! ip -j -6 addr | grep -q '"tentative":true'
        }
        # A spanning tree listens and learns for 30 s.
        settle() { local until=$((SECONDS + 45)); while [ $SECONDS -lt $until ]; do settled && return 0; sleep 0.1; done; echo "not settled within 45 s"; cat /proc/net/bonding/*; return 1; }

        """;

    public static string Root { get; } = FindRoot();

    public static string Weft => Environment.GetEnvironmentVariable("WEFT_EXE") ?? Path.Combine(Root, "out", "weft");

    public static string Example(string name) => Path.Combine(Root, "examples", $"{name}.yaml");

    /// <summary>Runs a script on the host of a file, with the hosts of others around, in a folder of its own. With `bare`, nothing is applied before.</summary>
    public static LabRun Of(string file, string script, bool bare = false, int seconds = 90, IEnumerable<string>? others = null)
    {
        var start = new ProcessStartInfo(Weft) { WorkingDirectory = Folder(), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in new[] { "lab", "run", "--right-there", "--timeout", $"{seconds}s" }.Concat(bare ? ["--bare"] : []).Concat([file, .. others ?? [], "--", "bash", "-c", Prelude + script]))
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds + 60)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the lab did not end: {output}{errors}");
        }
        process.WaitForExit();
        return new(process.ExitCode, output.ToString(), errors.ToString());
    }

    /// <summary>The same, for a script that must succeed.</summary>
    public static LabRun Good(string file, string script, bool bare = false, int seconds = 90, IEnumerable<string>? others = null)
    {
        var run = Of(file, "set -e\n" + script, bare, seconds, others);
        run.ExitCode.ShouldBe(0, $"{run.Output}\n{run.Errors}");
        return run;
    }

    /// <summary>A file of a test's own.</summary>
    public static string File(string name, string text)
    {
        var path = Path.Combine(Folder(), name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What the script printed behind `section NAME`, up to the next one.</summary>
    public string Section(string name)
    {
        var at = Output.IndexOf($"\n@@ {name}\n", StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"no section {name} in:\n{Output}\n{Errors}");
        var text = Output[(at + name.Length + 5)..];
        var end = text.IndexOf("\n@@ ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    /// <summary>A folder of a test's own, which goes with the test program.</summary>
    public static string Folder() => Directory.CreateDirectory(Path.Combine(Folders.Value, Guid.NewGuid().ToString("N"))).FullName;

    private static readonly Lazy<string> Folders = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("weft-test-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "weft.slnx")))
                return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
