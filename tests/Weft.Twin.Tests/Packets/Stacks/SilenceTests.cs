// How long nothing passed, out of when probes were sent and answered: ten probes, one every 100 ms, and 200 ms of patience.

using System.Globalization;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class SilenceTests
{
    /// <param name="answers">Probe@moment, in milliseconds; a probe alone is answered 1 ms after it was sent.</param>
    /// <param name="silences">From-until of each, and how many probes it took.</param>
    [Theory]
    [InlineData("0 1 2 3 4 5 6 7 8 9", "")]
    [InlineData("0 1 2@399 3 4 5 6 7 8 9", "")]
    [InlineData("0 1 5 6 7 8 9", "200-501 3")]
    [InlineData("0 1 5 8 9", "200-501 3, 600-801 2")]
    [InlineData("", "0-end 10")]
    // The last that was lost waited somewhere, and its late answer is the first frame through.
    [InlineData("0 1 2@705 3@705 4@705 8@805 9", "200-705 6")]
    // A late answer behind which everything is lost again ends nothing.
    [InlineData("0 1 2@450 6 7 8 9", "200-601 4")]
    [InlineData("0 1 2@450", "200-end 8")]
    // One in time that came while others were lost already is no end of it either: they are one silence.
    [InlineData("0 1 3@495 6 7 8 9", "200-601 3")]
    // What was sent before it began, and answered in it, is no part of it.
    [InlineData("0 1@290 5 6 7 8 9", "200-501 3")]
    public void A_silence_lasts_from_the_first_probe_that_is_lost_to_the_first_answer_after_the_last_one(string answers, string silences)
    {
        var world = new World();
        var ping = new Ping(new Machine(world, "a"), System.Net.IPAddress.Parse("10.0.0.2")) { Every = 100 * VirtualTime.Millisecond };
        foreach (var answer in answers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('@')))
        {
            var probe = int.Parse(answer[0], CultureInfo.InvariantCulture);
            var at = answer.Length > 1 ? int.Parse(answer[1], CultureInfo.InvariantCulture) : (probe * 100) + 1;
            new Timer(world.Time, () => ping.Answer((ushort)(probe + 1))).Start(at * VirtualTime.Millisecond);
        }
        ping.Start();
        world.Run(0.95);
        ping.Stop();
        world.Run(2);

        string.Join(", ", ping.Silences(200 * VirtualTime.Millisecond).Select(silence => string.Create(CultureInfo.InvariantCulture,
            $"{silence.From / VirtualTime.Millisecond}-{(silence.Until == long.MaxValue ? "end" : $"{silence.Until / VirtualTime.Millisecond}")} {silence.Lost}"))).ShouldBe(silences);
    }
}
