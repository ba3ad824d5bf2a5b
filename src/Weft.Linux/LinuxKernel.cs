// The real kernel, in the network namespace of the calling thread. Observing leaves the names of links behind, which
// executing then speaks of by index.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Netlink;
using Weft.Plan;

namespace Weft.Linux;

/// <summary>Linux, over rtnetlink.</summary>
public sealed class LinuxKernel : IKernel, IDisposable
{
    private readonly RouteSocket? socket;
    private readonly Refusal? closed;
    private readonly Names names = new();

    private LinuxKernel(RouteSocket? socket, Refusal? closed) => (this.socket, this.closed) = (socket, closed);

    /// <summary>Opens the kernel of the namespace that the calling thread is in. A socket that will not open shows when observing.</summary>
    /// <param name="trace">Sees every message in words.</param>
    public static LinuxKernel Open(Action<string>? trace = null)
    {
        var options = RouteSocketOptions.Default with { Trace = trace is null ? null : line => trace($"{(line.Sent ? "> " : "< ")}{line.Text}") };
        return RouteSocket.TryOpen(options, out var socket, out var failure) ? new(socket, null) : new(null, Refused.By(failure));
    }

    public Observation Observe() => socket is null ? new(Weft.Model.Host.Empty, closed) : Observing.Look(socket, names);

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) =>
        socket is null ? [.. steps.Select(_ => closed)] : new Executing(socket, names).Run(steps);

    public void Dispose() => socket?.Dispose();
}
