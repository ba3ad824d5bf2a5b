// The search for a path's MTU over paths of every kind, known beforehand.

using System.Net;
using Weft.Reach.PathMtu;

namespace Weft.Tests.Reach;

public sealed class PathSearchTests
{
    private static readonly IPAddress Router = IPAddress.Parse("192.0.2.1");

    /// <summary>A path: what the first link takes, what the whole takes, and what becomes of larger packets.</summary>
    private sealed class Way(int first, int whole, Func<int, PathAnswer> beyond) : IPathProber
    {
        public List<int> Asked { get; } = [];

        public PathAnswer Ask(int size)
        {
            Asked.Add(size);
            return size > first ? new PathAnswer.TooBigHere() : size <= whole ? new PathAnswer.Answered() : beyond(size);
        }
    }

    [Theory]
    [InlineData(1500, 1500)]
    [InlineData(9000, 9000)]
    [InlineData(9000, 1500)]
    [InlineData(9000, 8999)]
    [InlineData(9000, 1501)]
    [InlineData(9216, 9000)]
    [InlineData(1500, 1492)]
    [InlineData(1500, 1280)]
    [InlineData(65535, 1337)]
    [InlineData(1280, 1280)]
    public void What_is_lost_without_a_word_is_found_to_the_byte(int link, int whole)
    {
        foreach (var is6 in new[] { false, true })
        {
            var way = new Way(link, whole, _ => new PathAnswer.Silence());
            var found = new PathSearch(way, is6).Find(link);
            found.Mtu.ShouldBe(whole);
            found.IsSilent.ShouldBe(whole < link);
            found.Narrows.ShouldBeEmpty();
            found.Asked.ShouldBeLessThan(22);
            way.Asked.Where(size => size > whole).GroupBy(size => size).ShouldAllBe(size => size.Count() == 3, "silence is believed the third time");
        }
    }

    [Fact]
    public void A_usual_path_takes_few_packets()
    {
        new PathSearch(new Way(9000, 9000, _ => new PathAnswer.Silence()), is6: false).Find(9000).Asked.ShouldBe(2);
        new PathSearch(new Way(9000, 1500, _ => new PathAnswer.Silence()), is6: false).Find(9000).Asked.ShouldBe(4);
        new PathSearch(new Way(9000, 1500, _ => new PathAnswer.TooBig(Router, 1500)), is6: false).Find(9000).Asked.ShouldBe(3);
    }

    [Fact]
    public void What_routers_say_is_followed_one_after_the_other()
    {
        var found = new PathSearch(new Way(9000, 1400, size => new PathAnswer.TooBig(size > 1500 ? Router : IPAddress.Loopback, size > 1500 ? 1500 : 1400)), is6: false).Find(9000);
        found.Mtu.ShouldBe(1400);
        found.IsSilent.ShouldBeFalse();
        found.Narrows.ShouldBe([new(Router, 1500), new(IPAddress.Loopback, 1400)]);
    }

    /// <summary>One that says nothing of use, one that says more than was sent, one below what has passed already.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60000)]
    [InlineData(20)]
    public void What_a_router_says_wrong_does_no_harm(int said)
    {
        var found = new PathSearch(new Way(9000, 1443, _ => new PathAnswer.TooBig(Router, said)), is6: false).Find(9000);
        found.Mtu.ShouldBe(1443);
        found.IsSilent.ShouldBeFalse();
        found.Asked.ShouldBeLessThan(22);
    }

    /// <summary>A router says 1500, and beyond it a switch drops what is above 1400 without a word.</summary>
    [Fact]
    public void A_black_hole_behind_a_router_is_one()
    {
        var found = new PathSearch(new Way(9000, 1400, size => size > 1500 ? new PathAnswer.TooBig(Router, 1500) : new PathAnswer.Silence()), is6: true).Find(9000);
        (found.Mtu, found.IsSilent).ShouldBe((1400, true));
    }

    [Fact]
    public void Without_any_answer_there_is_nothing_to_measure()
    {
        new PathSearch(new Way(9000, 0, _ => new PathAnswer.Silence()), is6: false).Find(9000).Why.ShouldBe("no answer, not even to the smallest packet");
        new PathSearch(new Way(9000, 0, _ => new PathAnswer.Refused("cannot be sent: Network is unreachable")), is6: false).Find(9000).Why.ShouldBe("cannot be sent: Network is unreachable");
    }
}
