// Dumps against kernels that disturb, lose, cut or refuse them. A dump is whole or it is not handed out.
namespace Weft.Netlink.Tests;

public class DumpTests
{
    [Fact]
    public void A_dump_of_several_datagrams_is_whole_and_keeps_the_bytes()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            self.Say(FakeKernel.Link(header.Sequence, "a"), FakeKernel.Link(header.Sequence, "b"));
            self.Say(FakeKernel.Link(header.Sequence, "c"));
            self.Say(FakeKernel.Done(header.Sequence));
        });
        using var socket = new RouteSocket(kernel);
        var dump = socket.DumpLinks();
        dump.IsComplete.ShouldBeTrue();
        dump.Messages.Select(link => link.Name).ShouldBe(["a", "b", "c"]);
        dump.Messages[1].Raw.ToArray().ShouldBe(FakeKernel.Link(1, "b"));
        kernel.Requests.Single().Flags.ShouldBe(MessageFlags.Request | MessageFlags.Dump);
    }

    [Fact]
    public void A_disturbed_dump_is_taken_again_and_only_the_last_counts()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            var flags = self.Requests.Count < 3 ? MessageFlags.Multi | MessageFlags.DumpInterrupted : MessageFlags.Multi;
            self.Say(FakeKernel.Link(header.Sequence, $"try{self.Requests.Count}"));
            self.Say(FakeKernel.Link(header.Sequence, "x", flags), FakeKernel.Done(header.Sequence, 0, flags));
        });
        using var socket = new RouteSocket(kernel);
        socket.DumpLinks().Messages.Select(link => link.Name).ShouldBe(["try3", "x"]);
        socket.Counters.DumpsRetaken.ShouldBe(2);
    }

    [Fact]
    public void A_dump_that_never_holds_still_is_given_up()
    {
        var kernel = new FakeKernel((self, header, _) =>
            self.Say(FakeKernel.Link(header.Sequence, "x"), FakeKernel.Done(header.Sequence, 0, MessageFlags.Multi | MessageFlags.DumpInterrupted)));
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { DumpTries = 5 });
        var dump = socket.DumpLinks();
        dump.Messages.ShouldBeEmpty();
        dump.Failure!.ToString().ShouldBe("dump: something changed while the dump was taken, 5 times in a row");
        kernel.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public void A_dump_that_lost_a_part_is_read_to_its_end_and_taken_again()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            self.Say(FakeKernel.Link(header.Sequence, $"try{self.Requests.Count}"));
            if (self.Requests.Count == 1) self.Fail(Errno.NoBuffers);
            self.Say(FakeKernel.Done(header.Sequence));
        });
        using var socket = new RouteSocket(kernel);
        socket.DumpLinks().Messages.Select(link => link.Name).ShouldBe(["try2"]);
        socket.Counters.Overruns.ShouldBe(1);
    }

    [Fact]
    public void A_cut_datagram_is_asked_for_again_with_more_room()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            if (self.Requests.Count == 1) self.SayCut(70_000);
            else self.Say([.. Enumerable.Range(0, 2000).Select(i => FakeKernel.Link(header.Sequence, $"link{i}"))]);
            self.Say(FakeKernel.Done(header.Sequence));
        });
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { DatagramBytes = 1024 });
        var dump = socket.DumpLinks();
        dump.Failure.ShouldBeNull();
        dump.Messages.Count.ShouldBe(2000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_dump_is_a_refusal_whether_it_comes_first_or_last(bool first)
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            if (first) self.Say(FakeKernel.Ack(header.Sequence, 95));
            else self.Say(FakeKernel.Link(header.Sequence, "a"), FakeKernel.Done(header.Sequence, 95));
        });
        using var socket = new RouteSocket(kernel);
        var dump = socket.DumpLinks();
        (dump.Refusal!.ErrnoName, dump.Messages.Count, dump.Failure).ShouldBe(("EOPNOTSUPP", 0, null));
    }

    [Fact]
    public void Messages_of_another_number_do_not_get_into_a_dump()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            self.Say(FakeKernel.Link(header.Sequence + 7, "stray"), FakeKernel.Done(header.Sequence + 7));
            self.Say(FakeKernel.Link(header.Sequence, "ours"), FakeKernel.Done(header.Sequence));
        });
        using var socket = new RouteSocket(kernel);
        socket.DumpLinks().Messages.Select(link => link.Name).ShouldBe(["ours"]);
        socket.Counters.Strays.ShouldBe(2);
    }

    [Fact]
    public void A_dump_without_an_end_is_a_failure()
    {
        using var socket = new RouteSocket(new FakeKernel((self, header, _) => self.Say(FakeKernel.Link(header.Sequence, "a"))));
        var dump = socket.DumpLinks();
        (dump.IsComplete, dump.Messages.Count, dump.Failure!.ErrnoName).ShouldBe((false, 0, "ETIMEDOUT"));
    }

    [Fact]
    public void A_malformed_message_spoils_the_dump_with_its_place()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            var link = FakeKernel.Link(header.Sequence, "a");
            link[32] = 200;
            self.Say(link, FakeKernel.Done(header.Sequence));
        });
        using var socket = new RouteSocket(kernel);
        socket.DumpLinks().Failure.ShouldBe(new SocketFailure("decode", 0, "BadLength at byte 32"));
    }

    [Fact]
    public void A_truncated_message_at_the_end_of_a_datagram_is_a_failure()
    {
        var kernel = new FakeKernel((self, header, _) => self.Say(FakeKernel.Link(header.Sequence, "a")[..^4]));
        using var socket = new RouteSocket(kernel);
        socket.DumpLinks().Failure!.ToString().ShouldBe("decode: BadLength at byte 0 (nlmsghdr)");
    }
}
