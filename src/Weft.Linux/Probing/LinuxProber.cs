// The real prober. Every socket is made on the calling thread, whose network namespace it belongs to, and one poll waits for all
// of them: a round of fifty probes takes no longer than one. Within it a question is asked again, for a packet may be lost.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Weft.Reach;

namespace Weft.Linux.Probing;

/// <summary>Asks over the network of the calling thread's namespace. Needs CAP_NET_RAW.</summary>
public sealed class LinuxProber : IProber
{
    /// <summary>How long an answer may take, and how long until the question is asked again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Again = TimeSpan.FromMilliseconds(300);

    /// <summary>So many at once: each has a descriptor.</summary>
    private const int MostAtOnce = 256;

    public ImmutableArray<string?> Ask(IReadOnlyList<Probe> probes) => [.. probes.Chunk(MostAtOnce).SelectMany(Round)];

    private static string?[] Round(Probe[] probes)
    {
        var questions = new Question?[probes.Length];
        try
        {
            for (var at = 0; at < probes.Length; at++)
                questions[at] = QuestionOf(probes[at]);
            Await([.. questions.OfType<Question>()]);
            var answers = new string?[probes.Length];
            using var uplinks = new UplinkLook();
            for (var at = 0; at < probes.Length; at++)
                answers[at] = questions[at] is { } question ? Answer(question) : OfUplink(probes[at], uplinks);
            return answers;
        }
        finally
        {
            foreach (var question in questions)
                question?.Dispose();
        }
    }

    private static Question? QuestionOf(Probe probe) => probe switch
    {
        { Kind: ProbeKind.Gateway, Address: { AddressFamily: AddressFamily.InterNetwork } address, Link: { } link } => new ArpQuestion(address, link),
        { Kind: ProbeKind.Gateway, Address: { } address, Link: { } link } => new NeighbourQuestion(address, link),
        { Kind: ProbeKind.Ping, Address: { } address } => new PingQuestion(address),
        { Kind: ProbeKind.Tcp, Address: { } address } => new TcpQuestion(address, probe.Port),
        _ => null,
    };

    private static string? OfUplink(Probe probe, UplinkLook uplinks) => probe switch
    {
        { Kind: ProbeKind.Carrier, Link: { } nic } => uplinks.Carrier(nic),
        { Kind: ProbeKind.Partner, Link: { } port } => uplinks.Partner(port),
        _ => throw new ArgumentException($"{probe.Word} without what it asks about"),
    };

    private static string? Answer(Question question) =>
        question.Passed ? null : question.Why ?? question.Excuse ?? string.Create(CultureInfo.InvariantCulture, $"no answer within {Patience.TotalSeconds:0.#} s");

    private static void Await(Question[] questions)
    {
        var clock = Stopwatch.StartNew();
        var sent = TimeSpan.MinValue;
        for (Question[] open = [.. questions.Where(question => !question.IsOver)]; open.Length > 0 && clock.Elapsed is var now && now < Patience; open = [.. open.Where(question => !question.IsOver)])
        {
            if (sent == TimeSpan.MinValue || now - sent >= Again)
            {
                foreach (var question in open)
                    question.Send();
                sent = now;
                open = [.. open.Where(question => !question.IsOver)];
            }
            var until = sent + Again < Patience ? sent + Again : Patience;
            Poll(open, until - clock.Elapsed);
        }
    }

    private static unsafe void Poll(Question[] open, TimeSpan atMost)
    {
        if (open.Length == 0)
            return;
        Span<Libc.PollEntry> entries = stackalloc Libc.PollEntry[MostAtOnce];
        for (var at = 0; at < open.Length; at++)
            entries[at] = new() { Descriptor = open[at].Descriptor, Events = open[at].Events };
        int ready;
        fixed (Libc.PollEntry* start = entries)
            ready = Libc.Poll(start, (nuint)open.Length, (int)Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, int.MaxValue));
        if (ready < 0 && Marshal.GetLastPInvokeError() is not (Libc.Interrupted or Libc.Again))
            throw new InvalidOperationException($"poll: {ProbeSocket.Why}");
        for (var at = 0; at < open.Length && ready > 0; at++)
            if (entries[at].Results != 0)
                open[at].Look();
    }
}
