// The address over which the administrator is connected moves: from a NIC to a bridge, a bond, a VLAN and back, each in one
// apply, under a TCP session with data flowing. And where a change cuts him off, his session goes on once it is undone.

using System.Diagnostics;
using System.Globalization;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class ManagementTests(ITestOutputHelper output)
{
    private const string Nic = "nics: {eth0: {addresses: [10.0.0.2/24]}, eth1: {}}\n";
    private const string Bridge = "nics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth0], addresses: [10.0.0.2/24]}}\n";
    private const string Bond = "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [10.0.0.2/24]}}\n";
    private const string BridgeOnBond = "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.0.2/24]}}\n";
    private const string Vlan = "nics: {eth0: {}, eth1: {}}\nvlans: {eth0.5: {link: eth0, id: 5, addresses: [10.0.0.2/24]}}\n";
    private const string Elsewhere = "nics: {eth0: {}, eth1: {addresses: [10.9.9.2/24]}}\n";

    /// <summary>A host, a switch, an administrator behind it, and a session between them that counts what it receives.</summary>
    private const string Stage = """
        import glob, json, os, re, socket, struct, subprocess, sys, threading, time
        host, far, weft = sys.argv[1], sys.argv[2], sys.argv[3]
        def ip(*words): subprocess.run(["ip", *words], check=True)
        ip("netns", "add", host); ip("netns", "add", far)
        for nic in "eth0", "eth1":
            ip("link", "add", nic, "netns", host, "type", "veth", "peer", "name", nic + "-sw", "netns", far)
            ip("-n", far, "link", "set", nic + "-sw", "up")
        ip("-n", far, "link", "add", "sw", "type", "bridge", "vlan_filtering", "1", "vlan_default_pvid", "5")
        for nic in "eth0", "eth1": ip("-n", far, "link", "set", nic + "-sw", "master", "sw")
        subprocess.run(["bridge", "-n", far, "vlan", "add", "dev", "sw", "vid", "5", "self", "pvid", "untagged"], check=True)
        ip("-n", far, "link", "set", "sw", "up"); ip("-n", far, "addr", "add", "10.0.0.1/24", "dev", "sw")

        def inside(name, program):
            return subprocess.Popen(["ip", "netns", "exec", name, sys.executable, "-c", program], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        SERVER = '''
        import socket, struct, time
        listener = socket.create_server(("", 7000)); session = listener.accept()[0]; number = 0
        while True:
            session.sendall(struct.pack("!I", number)); number += 1; time.sleep(0.01)
        '''
        CLIENT = '''
        import socket, struct, time
        for _ in range(600):
            try:
                session = socket.create_connection(("10.0.0.2", 7000), timeout=1); break
            except OSError:
                time.sleep(0.1)
        session.settimeout(None); expected = 0; kept = b""
        while True:
            got = session.recv(65536)
            if not got: print("ended", flush=True); break
            kept += got
            while len(kept) >= 4:
                number = struct.unpack("!I", kept[:4])[0]; kept = kept[4:]
                if number != expected: print("lost", flush=True)
                expected += 1
            print(time.time(), expected, flush=True)
        '''
        import textwrap
        seen = []
        def watch(process):
            for line in process.stdout:
                seen.append(line.split())
        def session():
            server, client = inside(host, textwrap.dedent(SERVER)), inside(far, textwrap.dedent(CLIENT))
            threading.Thread(target=watch, args=(client,), daemon=True).start()
            return server, client
        def flows(since, within):
            # When the first byte came after a moment, in seconds after it; none within the time: None.
            end = time.time() + within
            while time.time() < end:
                for line in reversed(seen):
                    if len(line) == 1: return None
                    if float(line[0]) <= since: break
                    first = float(line[0])
                else: line = None
                if seen and len(seen[-1]) == 2 and float(seen[-1][0]) > since:
                    return min(float(line[0]) for line in seen if len(line) == 2 and float(line[0]) > since) - since
                time.sleep(0.05)
            return None
        def file(text):
            path = f"{abs(hash(text))}.yaml"
            open(path, "w").write(text); return path
        def run(*words): return subprocess.run([weft, "--netns", host, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)

        """;

    [Fact]
    public void The_management_address_moves_under_a_live_session()
    {
        var said = Run(Stage + $$"""
            assert run("apply", file({{Quoted(Nic)}})).returncode == 0
            session()
            assert flows(0, 20) is not None, "no session"
            def tagged(on):
                # Somebody at the switch does his part when the host's end is there, or gone.
                while (subprocess.run(["ip", "-n", host, "link", "show", "eth0.5"], capture_output=True).returncode == 0) != on: time.sleep(0.02)
                subprocess.run(["bridge", "-n", far, "vlan", "add", "dev", "eth0-sw", "vid", "5", *([] if on else ["pvid", "untagged"])], check=True)
            for name, text in {{Moves}}:
                if name == "vlan": threading.Thread(target=tagged, args=(True,), daemon=True).start()
                if name == "from vlan": threading.Thread(target=tagged, args=(False,), daemon=True).start()
                before = time.time()
                apply = run("apply", file(text))
                print(name, "exit", apply.returncode, apply.stderr)
                after = flows(time.time(), 20)
                times = [float(line[0]) for line in seen if len(line) == 2 and float(line[0]) > before - 1]
                print(name, "flows" if after is not None else "STOPPED", "longest silence %.2f s" % max([b - a for a, b in zip(times, times[1:])] or [99]))
            print("lost" if ["lost"] in seen else "nothing lost", "ended" if ["ended"] in seen else "one session")
            """);
        foreach (var move in new[] { "bridge", "bond", "bridge on bond", "vlan", "from vlan" })
        {
            said.ShouldContain($"{move} exit 0", customMessage: said);
            said.ShouldContain($"{move} flows", customMessage: said);
        }
        said.ShouldContain("nothing lost one session");
    }

    [Fact]
    public void A_change_that_cuts_the_administrator_off_is_undone_and_his_session_goes_on()
    {
        var said = Run(Stage + $$"""
            assert run("apply", file({{Quoted(Nic)}})).returncode == 0
            session()
            assert flows(0, 20) is not None, "no session"
            undoing = []
            def phases():
                while not undoing:
                    for path in glob.glob("/run/weft/netns/*/change"):
                        try:
                            if open(path).read().startswith("Undoing"): undoing.append(time.time())
                        except OSError: pass
                    time.sleep(0.01)
            threading.Thread(target=phases, daemon=True).start()
            pending = json.loads(run("apply", "--confirm", "10s", "--json", file({{Quoted(Elsewhere)}})).stdout)
            from datetime import datetime
            deadline = datetime.fromisoformat(re.sub(r"\.(\d{6})\d*Z", r".\1+00:00", pending["deadline"])).timestamp()
            print(pending["outcome"])
            time.sleep(max(0, deadline - time.time() - 0.5))
            print("cut off" if float(seen[-1][0]) < time.time() - 5 else "NOT CUT OFF")
            while not undoing and time.time() < deadline + 20: time.sleep(0.01)
            print("undo begins %.2f s after the deadline" % (undoing[0] - deadline))
            print("session goes on %.2f s after that" % flows(undoing[0], 20))
            # Confirmed in time it stays: the administrator has another way in.
            print(run("apply", "--confirm", "20s", file({{Quoted(Elsewhere)}})).returncode, run("confirm").stdout.strip())
            print("stays" if "10.9.9.2" in subprocess.run(["ip", "-n", host, "addr", "show", "eth1"], capture_output=True, text=True).stdout else "GONE")
            print("lost" if ["lost"] in seen else "nothing lost", "ended" if ["ended"] in seen else "one session")
            """);
        said.ShouldContain("pending\ncut off\n", customMessage: said);
        Seconds(said, "undo begins").ShouldBeLessThan(1.0, said);
        Seconds(said, "session goes on").ShouldBeLessThan(15.0, said);
        said.ShouldContain("0 Confirmed: the change is final.\nstays\nnothing lost one session");
    }

    private const string Moves = $$"""[("bridge", {{"\"\"\""}}{{Bridge}}{{"\"\"\""}}), ("bond", {{"\"\"\""}}{{Bond}}{{"\"\"\""}}), ("bridge on bond", {{"\"\"\""}}{{BridgeOnBond}}{{"\"\"\""}}), ("nic", {{"\"\"\""}}{{Nic}}{{"\"\"\""}}), ("vlan", {{"\"\"\""}}{{Vlan}}{{"\"\"\""}}), ("from vlan", {{"\"\"\""}}{{Nic}}{{"\"\"\""}})]""";

    private static string Quoted(string text) => $"\"\"\"{text}\"\"\"";

    private static double Seconds(string said, string of)
    {
        var at = said.IndexOf(of, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, said);
        return double.Parse(said[(at + of.Length + 1)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private string Run(string script)
    {
        var (host, far) = ($"weft-m-{Environment.ProcessId}", $"weft-mf-{Environment.ProcessId}");
        var start = new ProcessStartInfo("timeout", ["150", "python3", "-c", script, host, far, LabRun.Weft]) { WorkingDirectory = LabRun.Folder(), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        foreach (var name in new[] { host, far })
        {
            foreach (var left in Call("ip", "netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Call("kill", "-9", left);
            Call("ip", "netns", "del", name);
        }
        output.WriteLine(said);
        process.ExitCode.ShouldBe(0, said + errors.Result);
        return said;
    }

    private static string Call(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }
}
