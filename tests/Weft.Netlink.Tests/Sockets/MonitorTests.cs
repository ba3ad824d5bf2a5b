// The monitor tells what it heard, and that it did not hear everything.
namespace Weft.Netlink.Tests;

public class MonitorTests
{
    private static readonly TimeSpan Wait = TimeSpan.Zero;

    private static RouteMonitor Hearing(Action<FakeKernel> say)
    {
        var kernel = new FakeKernel((_, _, _) => { });
        say(kernel);
        return new RouteMonitor(kernel);
    }

    [Fact]
    public void Notifications_come_decoded_and_in_order()
    {
        using var monitor = Hearing(kernel =>
        {
            kernel.Say(FakeKernel.Link(0, "a"), FakeKernel.Link(0, "b", MessageFlags.None, MessageType.DeleteLink));
            kernel.Say(Recording.Read("addresses")[0]);
            kernel.Say(Recording.Read("routes")[0]);
            kernel.Say(Recording.Read("neighbours")[0]);
            kernel.Say(Recording.Read("rules")[0]);
        });
        var first = monitor.Next(Wait).ShouldBeOfType<LinkEvent>();
        (first.Removed, first.Link.Name).ShouldBe((false, "a"));
        var second = monitor.Next(Wait).ShouldBeOfType<LinkEvent>();
        (second.Removed, second.Link.Name).ShouldBe((true, "b"));
        monitor.Next(Wait).ShouldBeOfType<AddressEvent>().Address.Local.ShouldBe(InetAddress.Parse("127.0.0.1"));
        monitor.Next(Wait).ShouldBeOfType<RouteEvent>().Route.Dst.ShouldBe(InetAddress.Parse("192.0.2.0"));
        monitor.Next(Wait).ShouldBeOfType<NeighbourEvent>().Neighbour.Lladdr.ShouldNotBeNull();
        monitor.Next(Wait).ShouldBeOfType<OtherEvent>().Type.ShouldBe(MessageType.NewRule);
        monitor.Next(Wait).ShouldBeNull();
    }

    [Fact]
    public void An_overrun_is_an_event_and_hearing_goes_on()
    {
        using var monitor = Hearing(kernel =>
        {
            kernel.Say(FakeKernel.Link(0, "a"));
            kernel.Fail(Errno.NoBuffers);
            kernel.Say(FakeKernel.Link(0, "b"));
        });
        monitor.Next(Wait).ShouldBeOfType<LinkEvent>();
        monitor.Next(Wait).ShouldBeOfType<LostEvent>().Reason.ShouldContain("dropped");
        monitor.Next(Wait).ShouldBeOfType<LinkEvent>().Link.Name.ShouldBe("b");
    }

    [Fact]
    public void What_was_cut_or_cannot_be_read_counts_as_lost()
    {
        using var monitor = Hearing(kernel =>
        {
            kernel.SayCut(100_000);
            var broken = FakeKernel.Link(0, "a");
            broken[32] = 200;
            kernel.Say(broken);
            kernel.Say([9, 9, 9]);
        });
        monitor.Next(Wait).ShouldBeOfType<LostEvent>().Reason.ShouldContain("cut");
        monitor.Next(Wait).ShouldBeOfType<LostEvent>().Reason.ShouldContain("BadLength at byte 32");
        monitor.Next(Wait).ShouldBeOfType<LostEvent>().Reason.ShouldContain("datagram");
    }

    [Fact]
    public void Strangers_are_not_heard()
    {
        using var monitor = Hearing(kernel => kernel.SayFrom(99, FakeKernel.Link(0, "forged")));
        monitor.Next(Wait).ShouldBeNull();
    }

    [Fact]
    public void A_wake_left_over_from_an_earlier_wait_is_no_time_out()
    {
        using var monitor = Hearing(kernel =>
        {
            kernel.Fail(Errno.Cancelled);
            kernel.Say(FakeKernel.Link(0, "a"));
        });
        monitor.Next(TimeSpan.FromSeconds(5)).ShouldBeOfType<LinkEvent>().Link.Name.ShouldBe("a");
    }

    [Fact]
    public void A_failed_socket_ends_the_events()
    {
        using var monitor = Hearing(kernel => kernel.Fail(9));
        monitor.Events(TestContext.Current.CancellationToken).ToList().Single().ShouldBeOfType<FailedEvent>().Failure.ErrnoName.ShouldBe("EBADF");
    }

    [Fact]
    public void A_cancelled_token_wakes_the_port_and_ends_the_events()
    {
        var kernel = new FakeKernel((_, _, _) => { });
        kernel.Say(FakeKernel.Link(0, "a"));
        using var monitor = new RouteMonitor(kernel);
        using var cancel = new CancellationTokenSource();
        foreach (var happened in monitor.Events(cancel.Token))
        {
            happened.ShouldBeOfType<LinkEvent>();
            cancel.Cancel();
        }

        monitor.Next(Wait, cancel.Token).ShouldBeNull();
        kernel.Woken.ShouldBeTrue();
    }
}
