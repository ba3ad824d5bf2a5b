// The forum's set-up: a switch sends a guest's own broadcast back to the host, and the guest is looked for outside from then on.
// What was seen to help on a kernel helps here, and so it goes with what did not.

using Weft.Twin.Packets.Bridges;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class ReflectionTests
{
    /// <summary>The guest asks who the gateway is; its question comes back by the uplink; the gateway answers.</summary>
    private static (int Answers, Street Street) Ask(BridgeOptions options, BridgePortOptions uplink, Action<Street>? first = null)
    {
        const int Guest = 0, Uplink = 1;
        var street = new Street(options, new(), uplink);
        first?.Invoke(street);
        street.Say(Guest, Street.Everybody).Say(Uplink, Street.Everybody, from: Street.Mac(Guest)).HeardBy();
        street.Say(Uplink, Street.Mac(Guest), from: Street.Nobody);
        return (street.HeardBy()[Guest], street);
    }

    [Fact]
    public void The_answer_is_lost_because_the_guest_seems_to_be_where_it_comes_from()
    {
        var (answers, street) = Ask(new(), new());
        answers.ShouldBe(0);
        street.Where(Street.Mac(0)).ShouldBe("p1");
        street.Say(0, Street.Nobody).HeardBy();
        street.Say(1, Street.Mac(0), from: Street.Nobody).HeardBy().ShouldBe([1, 0], "a frame of the guest itself moves it back");
    }

    [Fact]
    public void An_ageing_time_of_0_helps_and_floods() => Ask(new() { AgeingTime = 0 }, new()).Answers.ShouldBe(1);

    [Fact]
    public void Learning_off_on_the_uplink_helps() => Ask(new(), new() { Learning = false }).Answers.ShouldBe(1);

    [Fact]
    public void A_sticky_entry_helps() => Ask(new(), new(), street => street.Bridge.AddStatic(Street.Mac(0), 0, street.Ports[0], isSticky: true)).Answers.ShouldBe(1);

    /// <summary>Whoever entered it must take it away when the guest leaves.</summary>
    [Fact]
    public void A_sticky_entry_goes_on_leading_where_the_guest_no_longer_is()
    {
        var street = new Street(new(), new(), new(), new());
        street.Bridge.AddStatic(Street.Mac(0), 0, street.Ports[0], isSticky: true);
        street.Say(1, Street.Everybody, from: Street.Mac(0)).HeardBy();
        street.Say(2, Street.Mac(0), from: Street.Nobody).HeardBy().ShouldBe([1, 0, 0]);
    }

    [Fact]
    public void A_static_entry_alone_does_not() => Ask(new(), new(), street => street.Bridge.AddStatic(Street.Mac(0), 0, street.Ports[0])).Answers.ShouldBe(0);
}
