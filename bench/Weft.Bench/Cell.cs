// One contender's run through all jobs on a host of its own: a network namespace made for this process. Two NICs are made
// first, their cables unplugged: what a kernel does by itself when a carrier arrives (a thousand bridges learn of it, and make
// themselves addresses) takes seconds, and would fall into anybody's time. With WEFT_BENCH_PLUGGED set they are plugged, and
// the host is let settle between jobs. New links start without IPv6, as on a host that has none; see Layout.Ipv6.

using System.Diagnostics;
using System.Text.Json;
using Weft.Netlink;

namespace Weft.Bench;

/// <summary>One measurement.</summary>
/// <param name="Send">Milliseconds of sending alone; for `ip` the whole.</param>
/// <param name="State">A word for what the kernel held afterwards.</param>
internal sealed record Reading(int Round, string Layout, int Networks, string Contender, string Job, double Wall, double Send, double Cpu, long PeakKib, string State)
{
    public Dictionary<string, double> Phases { get; init; } = [];

    /// <summary>Steps that Weft sent.</summary>
    public int Steps { get; init; }
}

internal sealed class Cell(Layout layout, int count, int round, string contender, string weft)
{
    private static readonly bool Plugged = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WEFT_BENCH_PLUGGED"));

    private readonly string folder = Directory.CreateTempSubdirectory("weft-bench-").FullName;

    public void Run(Action<Reading> tell)
    {
        NewLinksIpv6(true);
        Ip("nics", [.. Layout.Nics.SelectMany((nic, at) => new[] { $"link add {nic} address 02:00:00:00:01:0{at} type veth peer name x{at}", $"link set x{at} address 02:00:00:00:02:0{at} {(Plugged ? "up" : "down")}" })]);
        try
        {
            foreach (var job in Enum.GetValues<Job>())
            {
                var reading = contender switch
                {
                    "weft" => ByWeft(job),
                    "ip" => ByIp(job),
                    _ => ByFloor(job),
                };
                Settle(job);
                tell(reading with { State = State.Word() });
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Reading Blank(Job job, Cost cost) => new(round, layout.Word, count, contender, job.ToString(), cost.Wall, cost.Wall, cost.Cpu, cost.PeakKib, "");

    private Reading ByWeft(Job job)
    {
        var file = Path.Combine(folder, "host.yaml");
        File.WriteAllText(file, layout.HostFile(job switch
        {
            Job.AddOne => Network.First(count + 1),
            Job.RemoveAll => [],
            _ => Network.First(count),
        }));
        var cost = Child.Run(weft, "apply", file, "--timings", "--json");
        if (cost.Code != 0)
            throw new InvalidOperationException($"weft ended with {cost.Code} at {job}: {cost.Output}");
        using var document = JsonDocument.Parse(cost.Output);
        var phases = document.RootElement.GetProperty("timings_ms").EnumerateObject().ToDictionary(phase => phase.Name, phase => phase.Value.GetDouble());
        return Blank(job, cost) with { Send = phases["send"], Phases = phases, Steps = document.RootElement.GetProperty("steps").GetInt32() };
    }

    private Reading ByIp(Job job)
    {
        var (wall, cpu) = (0.0, 0.0);
        var batches = layout.Ip(job, count).Select((batch, at) => (batch.Tool, batch.Ipv6, File: Write($"{job}-{at}", batch.Lines))).ToList();
        foreach (var (tool, ipv6, file) in batches)
        {
            NewLinksIpv6(ipv6);
            var cost = Child.Run(tool, "-batch", file);
            if (cost.Code != 0)
                throw new InvalidOperationException($"{tool} ended with {cost.Code} at {job}: {cost.Output}");
            (wall, cpu) = (wall + cost.Wall, cpu + cost.Cpu);
        }
        NewLinksIpv6(true);
        // The bond's ports speak no IPv6; here that costs nothing that is measured.
        if (job is Job.FirstApply or Job.RemoveAll)
            foreach (var nic in Layout.Nics)
                File.WriteAllText($"/proc/sys/net/ipv6/conf/{nic}/disable_ipv6", job == Job.FirstApply || !Layout.Ipv6 ? "1" : "0");
        return Blank(job, new(0, wall, cpu, 0, ""));
    }

    private Reading ByFloor(Job job)
    {
        var indexes = State.Indexes();
        var acts = layout.Floor(job, count, [.. Layout.Nics.Select(nic => indexes[nic])]).Where(act => Layout.Ipv6 || act is not Act.Ipv6).ToList();
        using var socket = new FloorSocket();
        var start = Stopwatch.GetTimestamp();
        socket.Do(acts);
        // A no-op costs at least looking: the tables that Weft reads, as bytes.
        var bytes = job == Job.NoOp ? Looking.Dumps.Sum(socket.Dump) : 0;
        return Blank(job, new(0, Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 0, "")) with { Steps = acts.OfType<Act.Datagram>().Sum(datagram => datagram.Messages), PeakKib = bytes >> 10 };
    }

    private static void NewLinksIpv6(bool on) => File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", on && Layout.Ipv6 ? "0" : "1");

    /// <summary>Waits until every link that is up carries frames and has the IPv6 address that it will have. Without cables there is nothing to wait for.</summary>
    private void Settle(Job job)
    {
        var start = Stopwatch.GetTimestamp();
        while (Plugged && State.Unsettled() is { } link)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(5))
                throw new TimeoutException($"{link} does not settle after {job} by {contender}");
            Thread.Sleep(200);
        }
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllLines(file, lines);
        return file;
    }

    private void Ip(string name, IEnumerable<string> lines)
    {
        if (Child.Run("ip", "-batch", Write(name, lines)) is { Code: not 0 } cost)
            throw new InvalidOperationException($"ip -batch {name} ended with {cost.Code}");
    }
}
