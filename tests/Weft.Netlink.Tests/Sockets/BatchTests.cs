// Batches against kernels that answer late, wrongly, in part or never.
namespace Weft.Netlink.Tests;

public class BatchTests
{
    private static Request NewLink(string name) =>
        new(MessageType.NewLink, MessageFlags.Create, new LinkMessage { Name = name, Info = new LinkInfo { Kind = "bond", Bond = new BondData { Miimon = 7 } } });

    private static Request[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => NewLink($"l{i}"))];

    [Fact]
    public void Every_request_has_a_number_of_its_own_and_the_last_of_a_datagram_asks_for_an_answer()
    {
        var kernel = FakeKernel.Deciding(_ => 0);
        using var socket = new RouteSocket(kernel);
        var answers = socket.Execute(Many(200));
        answers.AllAccepted.ShouldBeTrue();
        answers.Each.Count.ShouldBe(200);
        kernel.Requests.Select(request => request.Sequence).ShouldBeUnique();
        kernel.Requests.ShouldAllBe(request => request.Flags.HasFlag(MessageFlags.Request | MessageFlags.Create) && request.Sequence != 0);
        kernel.Requests.Index().Where(request => request.Item.Flags.HasFlag(MessageFlags.Ack)).Select(request => request.Index).ShouldBe([63, 127, 191, 199]);
        kernel.Datagrams.ShouldBe(4);
    }

    [Fact]
    public void A_datagram_holds_a_bounded_number_of_bytes_and_a_large_request_goes_alone()
    {
        var kernel = new FakeKernel((self, header, _) => self.Say(FakeKernel.Ack(header.Sequence)));
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { BatchBytes = 256 });
        var large = NewLink("x") with { Body = new LinkMessage { Alias = new string('a', 1000) } };
        var answers = socket.Execute([.. Many(5), large, .. Many(5)]);
        answers.AllAccepted.ShouldBeTrue();
        kernel.Datagrams.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Answers_in_any_order_and_in_one_datagram_find_their_requests()
    {
        var asked = new List<uint>();
        var kernel = new FakeKernel((self, header, _) =>
        {
            asked.Add(header.Sequence);
            if (asked.Count == 3) self.Say(FakeKernel.Ack(asked[2], 17), FakeKernel.Ack(asked[0]), FakeKernel.Ack(asked[1], 16));
        });
        using var socket = new RouteSocket(kernel);
        var answers = socket.Execute(Many(3));
        answers.Failure.ShouldBeNull();
        answers.Each.Select(answer => answer.Refusal?.ErrnoName).ShouldBe([null, "EBUSY", "EEXIST"]);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(4)]
    [InlineData(1)]
    public void An_error_in_the_middle_leaves_the_others_as_they_are(int batch)
    {
        var kernel = FakeKernel.Deciding(at => at == 3 ? 1 : 0);
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { BatchCount = batch });
        var answers = socket.Execute(Many(7));
        answers.Failure.ShouldBeNull();
        answers.AllAccepted.ShouldBeFalse();
        answers.Each.Select(answer => answer.Verdict).ShouldBe(
            [Verdict.Accepted, Verdict.Accepted, Verdict.Accepted, Verdict.Refused, Verdict.Accepted, Verdict.Accepted, Verdict.Accepted]);
    }

    [Fact]
    public void An_extended_ack_gives_words_and_the_path_of_the_attribute()
    {
        var kernel = new FakeKernel((self, header, message) => self.Say(FakeKernel.Ack(header.Sequence, 22, Attributes.Write(
            new AckAttributes { Msg = "no such interval", Offs = (uint)(message.Length - 8) }))));
        using var socket = new RouteSocket(kernel);
        var refusal = socket.Execute(NewLink("a"), NewLink("bb")).Each[1].Refusal!;
        refusal.ShouldBe(new KernelRefusal(22, "no such interval", "linkinfo.data.miimon", null));
        refusal.ToString().ShouldBe("EINVAL at linkinfo.data.miimon: no such interval");
    }

    [Fact]
    public void A_missing_attribute_is_named()
    {
        var kernel = new FakeKernel((self, header, _) => self.Say(FakeKernel.Ack(header.Sequence, 22, Attributes.Write(new AckAttributes { MissType = 5 }))));
        using var socket = new RouteSocket(kernel);
        var refusal = socket.Execute(NewLink("a")).Each[0].Refusal!;
        (refusal.Attribute, refusal.MissingType).ShouldBe(("link", 5u));
        refusal.ToString().ShouldBe("EINVAL, missing link: invalid value");
    }

    [Fact]
    public void A_broken_extended_ack_costs_its_words_and_not_the_verdict()
    {
        var kernel = new FakeKernel((self, header, _) => self.Say(FakeKernel.Ack(header.Sequence, 22, [0xff, 0xff, 1, 0])));
        using var socket = new RouteSocket(kernel);
        var answers = socket.Execute(NewLink("a"));
        answers.Failure.ShouldBeNull();
        answers.Each[0].Refusal!.Errno.ShouldBe(22);
        answers.Each[0].Refusal!.Text!.ShouldStartWith("(extended ack unreadable");
    }

    [Fact]
    public void Answers_to_nobody_and_from_strangers_are_ignored()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            self.Say(FakeKernel.Ack(header.Sequence + 1000, 1));
            self.SayFrom(4711, FakeKernel.Ack(header.Sequence, 1));
            self.Say(FakeKernel.Link(0, "notified"), FakeKernel.Ack(header.Sequence), FakeKernel.Ack(header.Sequence, 5));
        });
        using var socket = new RouteSocket(kernel);
        socket.Execute(NewLink("a")).AllAccepted.ShouldBeTrue();
        socket.Counters.Strays.ShouldBe(4);
    }

    [Fact]
    public void A_flood_of_strays_is_given_up()
    {
        var kernel = new FakeKernel((self, header, _) =>
        {
            for (var i = 0u; i < 50; i++) self.Say(FakeKernel.Ack(header.Sequence + 500 + i));
        });
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { MostStrays = 20 });
        var answers = socket.Execute(NewLink("a"));
        answers.Failure!.Text.ShouldBe("too many messages that answer nothing");
        answers.Each[0].Verdict.ShouldBe(Verdict.Unanswered);
    }

    [Fact]
    public void A_kernel_that_never_answers_is_a_failure_that_says_so()
    {
        using var socket = new RouteSocket(new FakeKernel((_, _, _) => { }), new RouteSocketOptions { Silence = TimeSpan.FromSeconds(3) });
        var answers = socket.Execute(Many(2));
        answers.Failure.ShouldBe(new SocketFailure("recvfrom", 110, "the kernel was silent for 3 s"));
        answers.Failure!.ToString().ShouldBe("recvfrom: ETIMEDOUT: the kernel was silent for 3 s");
        answers.Each.ShouldAllBe(answer => answer.Verdict == Verdict.Unanswered);
    }

    [Fact]
    public void All_refused_is_known_of_each()
    {
        using var socket = new RouteSocket(FakeKernel.Deciding(at => at + 1), new RouteSocketOptions { BatchCount = 3 });
        socket.Execute(Many(7)).Each.Select(answer => answer.Refusal?.Errno).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
    }

    [Fact]
    public void Lost_answers_leave_what_is_known_and_stop_the_batch()
    {
        var count = 0;
        var kernel = new FakeKernel((self, header, _) =>
        {
            if (++count == 1) self.Say(FakeKernel.Ack(header.Sequence));
            else if (count == 2) self.Fail(Errno.NoBuffers);
        });
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { BatchCount = 2 });
        var answers = socket.Execute(Many(4));
        answers.Failure!.ErrnoName.ShouldBe("ENOBUFS");
        answers.Each.Select(answer => answer.Verdict).ShouldBe([Verdict.Accepted, Verdict.Unanswered, Verdict.Unanswered, Verdict.Unanswered]);
        kernel.Requests.Count.ShouldBe(2, "nothing is sent into the unknown");
        socket.Counters.Overruns.ShouldBe(1);
    }

    [Fact]
    public void A_cut_datagram_is_a_failure_and_the_next_one_finds_room()
    {
        var count = 0;
        var kernel = new FakeKernel((self, header, _) =>
        {
            if (++count == 1) self.SayCut(100_000);
            else self.Say(FakeKernel.Ack(header.Sequence, 22, Attributes.Write(new AckAttributes { Cookie = new byte[60_000] })), FakeKernel.Link(0, new string('x', 10_000)));
        });
        using var socket = new RouteSocket(kernel);
        socket.Execute(NewLink("a")).Failure!.ErrnoName.ShouldBe("EMSGSIZE");
        socket.Execute(NewLink("a")).Each[0].Refusal!.Errno.ShouldBe(22);
    }

    [Fact]
    public void A_datagram_that_is_no_message_is_a_failure()
    {
        using var socket = new RouteSocket(new FakeKernel((self, _, _) => self.Say([1, 2, 3, 4])));
        socket.Execute(NewLink("a")).Failure!.Call.ShouldBe("decode");
    }

    [Fact]
    public void A_failed_send_is_not_a_refusal()
    {
        var kernel = new FakeKernel((_, _, _) => { }) { SendErrno = 1 };
        using var socket = new RouteSocket(kernel);
        var answers = socket.Execute(NewLink("a"));
        (answers.Failure!.Call, answers.Failure.ErrnoName, answers.Each[0].Refusal).ShouldBe(("sendto", "EPERM", null));
    }

    [Fact]
    public void The_object_of_a_get_comes_with_its_answer()
    {
        var kernel = new FakeKernel((self, header, _) => self.Say(FakeKernel.Link(header.Sequence, "eno1", MessageFlags.None), FakeKernel.Ack(header.Sequence)));
        using var socket = new RouteSocket(kernel);
        var reply = socket.Execute(new Request(MessageType.GetLink, MessageFlags.None, new LinkMessage { Name = "eno1" })).Each[0].Reply;
        MessageCodec.Decode<LinkMessage>(reply).Name.ShouldBe("eno1");
    }

    [Fact]
    public void A_replayed_message_is_sent_with_the_same_bytes()
    {
        byte[]? sent = null;
        var kernel = new FakeKernel((self, header, message) =>
        {
            sent = message;
            self.Say(FakeKernel.Ack(header.Sequence));
        });
        using var socket = new RouteSocket(kernel);
        var original = Recording.Read("rules")[0];
        socket.Execute(Request.Replay(MessageType.NewRule, MessageFlags.Create, original)).AllAccepted.ShouldBeTrue();
        sent!.AsSpan(16).ToArray().ShouldBe(original.AsSpan(16).ToArray());
    }

    [Fact]
    public void A_trace_hears_both_sides_in_order()
    {
        var lines = new List<TraceLine>();
        var kernel = new FakeKernel((self, header, _) => self.Say(FakeKernel.Ack(header.Sequence, 16)));
        using var socket = new RouteSocket(kernel, new RouteSocketOptions { Trace = lines.Add });
        socket.Execute(NewLink("a"));
        lines.Select(line => line.Sent).ShouldBe([true, false]);
        lines[0].Text.ShouldContain("miimon 7");
        lines[1].Text.ShouldContain("errno 16 EBUSY");
    }

    [Fact]
    public void Nothing_to_do_is_done() => new RouteSocket(new FakeKernel((_, _, _) => { })).Execute([]).AllAccepted.ShouldBeTrue();
}
