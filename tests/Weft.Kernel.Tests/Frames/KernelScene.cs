// A layout on the real kernel, made by the lab's own scripts, in which the hosts' files are applied by this program: two more processes for
// each host would be most of the time in user-mode Linux. The scripts call `weft apply FILE`; what they find is a shell script that asks us.

using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Weft.Lab.Staging;
using Weft.Apply;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Text;
using Weft.Topology;

namespace Weft.Kernel.Tests.Frames;

internal sealed class KernelScene : IDisposable
{
    private readonly string folder = LabRun.Folder();
    private readonly Layout layout;

    public KernelScene(IReadOnlyList<NamedHost> hosts)
    {
        layout = Layouts.Of(hosts);
        // Cases share no cable, so that they may share MACs.
        layout.Troubles.Where(trouble => !trouble.Contains("is the MAC of", StringComparison.Ordinal)).ShouldBeEmpty();
        foreach (var (name, text) in Stage.Files(layout, ["true"], bare: false))
            File.WriteAllText(Path.Combine(folder, name), name == "cables.ip" ? Numbered(text) : name != "stage" ? text
                : text.Replace("L=/run/lab", $"L={folder}", StringComparison.Ordinal).Replace("[ ! -e /etc/hosts ] || mount --bind $L/hosts /etc/hosts\n", "", StringComparison.Ordinal));
        // The lab mounts its names over /etc/hosts in a mount namespace of its own, which there is none of here.
        File.ReadAllText(Path.Combine(folder, "stage")).ShouldNotContain("mount");
        var weft = Path.Combine(folder, "bin", "weft");
        Directory.CreateDirectory(Path.GetDirectoryName(weft)!);
        File.WriteAllText(weft, $"#!/bin/sh\necho \"$2\" >{folder}/ask; read code <{folder}/answer; exit $code\n");
        File.SetUnixFileMode(weft, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Shell($"mkfifo {folder}/ask {folder}/answer");
        var applying = new Thread(() =>
        {
            foreach (var _ in hosts)
            {
                var file = File.ReadAllText(Path.Combine(folder, "ask")).Trim();
                Trouble ??= Apply(hosts.First(host => host.File == file));
                File.WriteAllText(Path.Combine(folder, "answer"), $"{(Trouble is null ? 0 : 1)}\n");
            }
        }) { IsBackground = true };
        applying.Start();
        try
        {
            Shell($"PATH={folder}/bin:$PATH; . {folder}/stage", seconds: 300);
        }
        catch (ShouldAssertException e) when (Trouble is not null)
        {
            throw new ShouldAssertException(Trouble, e);
        }
    }

    /// <summary>
    /// No end of a cable has the number of its other end: each namespace counts its own links, and of a veth whose peer has its own number the kernel takes it for a NIC (linkwatch_urgent_event), and leaves its
    /// carrier for up to a second. Both ends are told theirs: what a peer is told counts only where the link itself is told one (veth_newlink).
    /// </summary>
    private static string Numbered(string cables)
    {
        var number = 1000;
        return Regex.Replace(cables, "(link add| peer) name [^ ]+", match => $"{match.Value} index {++number}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
    }

    /// <summary>Why the first file that was not applied was not.</summary>
    private string? Trouble { get; set; }

    private static string? Apply(NamedHost host)
    {
        var (outcome, failure) = Weft.Linux.NetworkNamespace.Within(host.Name, () =>
        {
            using var kernel = Weft.Linux.LinuxKernel.Open();
            return Carried.Out(Walk.Plan(host.Host, kernel, Ledger.Empty, new Timings()), kernel, new Timings()).Outcome;
        });
        return failure ?? outcome!.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => $"{host.Name}: {finding.What}").FirstOrDefault();
    }

    /// <summary>Runs a script with bash; all that it says, both outputs.</summary>
    public static string Shell(string script, int seconds = 60)
    {
        var start = new ProcessStartInfo("bash", ["-s"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        void Hear(string? line)
        {
            if (line is not null)
                lock (said)
                    said.Append(line).Append('\n');
        }
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Write(script + "\n");
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new ShouldAssertException($"the script did not end within {seconds} s: {said}\n{script}");
        }
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{said}\n{script}");
        return said.ToString();
    }

    public void Dispose() => Shell(string.Concat(layout.Hosts.Select(host => host.Name).Concat(layout.Boxes.Select(box => box.Name)).Concat(layout.GuestNames).Select(name => $"ip netns del {name} 2>/dev/null\n")) + string.Concat(layout.Boxes.SelectMany(box => box.Others).Select(name => $"rm -f /run/netns/{name}\n")) + "true");
}
