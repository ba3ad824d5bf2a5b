// Which request the real kernel refused, when only the last of a datagram asks for an answer: refusals at every place, many
// in one batch, at the batch's ends, and answers that the receive buffer had no room for.
namespace Weft.Netlink.Tests;

[Trait("needs", "kernel")]
public class LiveRefusalTests
{
    /// <summary>What is asked and what the kernel says to it: nothing, or three ways to say no, one of them with words and a path.</summary>
    private static readonly (Request Asked, string? Answer)[] Kinds =
    [
        (LiveHost.Set(100, link => link.Mtu = 1400), null),
        (LiveHost.Set(4711, link => link.Mtu = 1400), "ENODEV"),
        (LiveHost.Set(100, link => link.Mtu = 20), "EINVAL"),
        (LiveHost.Set(100, link => link.Name = "nineteen-letters-xy"), "ERANGE"),
    ];

    [Fact]
    public void A_refusal_at_any_place_of_a_batch_is_the_answer_to_the_request_at_that_place() => WithVeth(host =>
    {
        for (var length = 62; length <= 66; length++)
            for (var at = 0; at < length; at++)
                Agree(host.Socket, [.. Enumerable.Range(0, length).Select(place => place == at ? 1 + (at % 3) : 0)]);
    });

    [Fact]
    public void Many_refusals_in_one_batch_each_find_their_request() => WithVeth(host =>
    {
        var random = new Random(20260131);
        for (var run = 0; run < 200; run++)
        {
            var often = random.Next(1, 100);
            Agree(host.Socket, [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.Next(100) < often ? random.Next(1, Kinds.Length) : 0)]);
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2304)]
    [InlineData(8192)]
    [InlineData(20000)]
    public void Where_answers_were_lost_nothing_refused_counts_as_accepted_and_the_socket_is_as_good_as_before(int room) => WithVeth(_ =>
    {
        RouteSocket.TryOpen(new RouteSocketOptions { ReceiveBuffer = room, Silence = TimeSpan.FromSeconds(5) }, out var socket, out var failure).ShouldBeTrue(failure?.ToString());
        using (socket)
        {
            var lost = 0;
            for (var refused = 1; refused <= 64; refused++)
            {
                // The refused ones first, so that the answer that is asked for comes when there is no room any more.
                int[] batch = [.. Enumerable.Range(0, 64).Select(place => place < refused ? 1 + (place % 3) : 0)];
                var answers = socket!.Execute([.. batch.Select(kind => Kinds[kind].Asked)]);
                if (answers.Failure is null)
                    answers.Each.Select(answer => answer.Refusal?.ErrnoName).ShouldBe(batch.Select(kind => Kinds[kind].Answer), $"{refused} refused");
                else
                    lost++;
                for (var place = 0; place < 64; place++)
                    if (answers.Each[place].Verdict != Verdict.Unanswered)
                        answers.Each[place].Refusal?.ErrnoName.ShouldBe(Kinds[batch[place]].Answer);
                    else
                        answers.Failure!.ErrnoName.ShouldBe("ENOBUFS");
                socket.DumpLinks().Messages.ShouldContain(link => link.Name == "p0");
                Agree(socket, [0, 1, 0]);
            }

            lost.ShouldBeGreaterThan(0, "the buffer was to be too small");
        }
    });

    private static void WithVeth(Action<LiveHost> test) => LiveHost.Run(host =>
    {
        host.Accept(LiveHost.Veth("p0", 100, "q0", 101));
        test(host);
    });

    private static void Agree(RouteSocket socket, int[] batch)
    {
        var answers = socket.Execute([.. batch.Select(kind => Kinds[kind].Asked)]);
        answers.Failure.ShouldBeNull();
        answers.Each.Select(answer => answer.Refusal?.ErrnoName).ShouldBe(batch.Select(kind => Kinds[kind].Answer));
    }
}
