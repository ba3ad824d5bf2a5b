// The real kernel, in the network namespace of the calling thread. Observing leaves the names of links behind, which
// executing then speaks of by index.

using System.Collections.Immutable;
using System.Diagnostics;
using Weft.Apply;
using Weft.Linux.Drivers;
using Weft.Model;
using Weft.Netlink;
using Weft.Plan;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

/// <summary>Linux, over rtnetlink.</summary>
public sealed class LinuxKernel : IKernel, IDisposable
{
    private readonly RouteSocket? socket;
    private readonly Refusal? closed;
    private readonly Names names = new();
    private readonly Driver driver;

    private LinuxKernel(RouteSocket? socket, Refusal? closed, RouteSocketOptions options) => (this.socket, this.closed, driver) = (socket, closed, new(options));

    /// <summary>Opens the kernel of the namespace that the calling thread is in. A socket that will not open shows when observing.</summary>
    /// <param name="trace">Sees every message in words.</param>
    public static LinuxKernel Open(Action<string>? trace = null)
    {
        var options = RouteSocketOptions.Default with { Trace = trace is null ? null : line => trace($"{(line.Sent ? "> " : "< ")}{line.Text}") };
        return RouteSocket.TryOpen(options, out var socket, out var failure) ? new(socket, null, options) : new(null, Refused.By(failure), options);
    }

    public Observation Observe(Inquiry? inquiry = null)
    {
        if (socket is null)
            return new(Weft.Model.Host.Empty, closed);
        var seen = Observing.Look(socket, names);
        var host = driver.Told(seen.Host, inquiry, names);
        return seen with { Host = inquiry is { Pcie: true } ? host with { Links = [.. host.Links.Select(WithPcie)] } : host };
    }

    private static Link WithPcie(Link link) => link.State is { Pci: { } function } state ? link with { State = state with { Pcie = PcieLinks.Of(function) } } : link;

    public IReadOnlyCollection<LinkKind> LacksKinds(IReadOnlyCollection<LinkKind> asked) => Abilities.LacksKinds(asked);

    public IReadOnlyCollection<Attribute> Lacks(IReadOnlyCollection<Attribute> asked) => Abilities.Lacks(asked);

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
    {
        if (socket is null)
            return [.. steps.Select(_ => closed)];
        var answers = new Executing(socket, names, driver).Run(steps);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < LongestForCarrier && WaitsForCarrier(steps, answers);)
        {
            Thread.Sleep(Poll);
            int[] refused = [.. Enumerable.Range(0, steps.Count).Where(at => answers[at] is not null)];
            var again = new Executing(socket, names, driver).Run([.. refused.Select(at => steps[at])]);
            answers = [.. answers.Select((answer, at) => Array.IndexOf(refused, at) is >= 0 and var place ? again[place] : answer)];
        }
        return answers;
    }

    /// <summary>
    /// A bond has carrier a polling interval after its ports have, and until then the kernel takes no nexthop object over it (ENETDOWN), and
    /// no route over that. Only where nothing else was refused is there a change that can wait for it.
    /// </summary>
    private static bool WaitsForCarrier(IReadOnlyList<Step> steps, ImmutableArray<Refusal?> answers)
    {
        var refused = steps.Zip(answers).Where(pair => pair.Second is not null).ToList();
        return refused.TrueForAll(pair => pair.First.Verb == Verb.Restore) && refused.Exists(pair => pair.Second!.Errno == "ENETDOWN");
    }

    private static readonly TimeSpan LongestForCarrier = TimeSpan.FromSeconds(5), Poll = TimeSpan.FromMilliseconds(50);

    public void Dispose()
    {
        socket?.Dispose();
        driver.Dispose();
    }
}
