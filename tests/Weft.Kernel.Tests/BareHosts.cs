// Bare hosts for random trials: network namespaces with six veth NICs each, all made by one run of `ip -batch`, since a
// process costs more than a namespace in user-mode Linux. Each is worked in by a thread of its own, which stays inside.

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Weft.Apply;
using Weft.Linux;
using Weft.Plan;
using Weft.RandomHosts;

namespace Weft.Kernel.Tests;

/// <summary>Namespaces that are bare hosts.</summary>
internal sealed class BareHosts : IDisposable
{
    private readonly string prefix = $"weft-random-{Environment.ProcessId}-";
    private readonly int count;
    private int taken;

    private readonly bool promotes;

    /// <param name="count">How many.</param>
    /// <param name="promotes">Whether a secondary IPv4 address takes the place of a primary that goes.</param>
    public BareHosts(int count, bool promotes = false)
    {
        (this.count, this.promotes) = (count, promotes);
        var batch = new StringBuilder($"netns add {prefix}sw\n");
        for (var host = 0; host < count; host++)
        {
            // Every host has its loopback up. Where no IPv4 address ever was, the kernel takes no route by a next hop that is said to be on the link.
            batch.Append($"netns add {prefix}{host}\nnetns exec {prefix}{host} ip link set lo up\n");
            foreach (var (nic, at) in RandomHost.Nics.Select((nic, at) => (nic, at)))
                batch.Append($"link add {nic} address 02:00:5e:00:00:{at + 1:x2} netns {prefix}{host} type veth peer name {host}-{nic} netns {prefix}sw\n");
        }
        Ip(batch.ToString());
    }

    /// <summary>The next host that nobody has used.</summary>
    public HostThread Take() => new($"{prefix}{taken++}", promotes);

    public void Dispose() => Ip(string.Concat(Enumerable.Range(0, count).Select(host => $"netns del {prefix}{host}\n")) + $"netns del {prefix}sw\n");

    private static void Ip(string batch)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", ["-batch", "-"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(batch);
        process.StandardInput.Close();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
    }
}

/// <summary>A kernel as seen from one namespace: what is asked of it is done by a thread that is in there.</summary>
internal sealed class HostThread : IKernel, IDisposable
{
    private readonly BlockingCollection<Action<IKernel>> work = [];
    private readonly Thread thread;
    private string? failure;

    public HostThread(string name, bool promotes)
    {
        thread = new Thread(() => failure = NetworkNamespace.Within(name, () =>
        {
            if (promotes)
                File.WriteAllText("/proc/sys/net/ipv4/conf/all/promote_secondaries", "1");
            using var kernel = LinuxKernel.Open();
            foreach (var task in work.GetConsumingEnumerable())
                task(kernel);
            return true;
        }).Failure);
        thread.Start();
    }

    public Observation Observe(Inquiry? inquiry = null) => Ask(kernel => kernel.Observe(inquiry));

    public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => Ask(kernel => kernel.Lacks(asked));

    public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => Ask(kernel => kernel.LacksKinds(asked));

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) => Ask(kernel => kernel.Execute(steps));

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private T Ask<T>(Func<IKernel, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(kernel =>
        {
            try
            {
                answer.SetResult(question(kernel));
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
        });
        while (!answer.Task.Wait(TimeSpan.FromSeconds(1)))
            failure.ShouldBeNull();
        return answer.Task.Result;
    }
}
