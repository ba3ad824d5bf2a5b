// What holds of every picture, whatever the host: it is XML, every link is in it once, no box lies on another, no edge runs
// through one, and nothing in it comes from elsewhere. The SVG itself is measured, as a browser would draw it.

using System.Globalization;
using System.Xml.Linq;
using Weft.Model;
using Weft.Plan;
using Weft.Show;
using Weft.Show.Picture;
using Weft.Text;

namespace Weft.Tests.Picture;

public sealed class PictureLawTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string, bool> Drawings
    {
        get
        {
            var drawings = new TheoryData<string, bool>();
            foreach (var name in Scenes.All.Keys)
            {
                drawings.Add(name, false);
                drawings.Add(name, true);
            }
            return drawings;
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Every_link_is_in_one_box_and_no_other(string scene, bool all)
    {
        var host = Scenes.All[scene];
        var graph = HostGraph.Live(host, Ledger.Empty);
        var boxes = all ? graph.Boxes : Folding.Of(graph).Boxes;
        boxes.SelectMany(box => box.IsFold ? box.Folded.Select(folded => folded.Name) : [box.Name]).Order(StringComparer.Ordinal)
            .ShouldBe(host.Links.Select(link => link.Name.Value).Order(StringComparer.Ordinal));
        Boxes(Read(scene, all)).Count.ShouldBe(boxes.Length);
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void No_box_lies_on_another_and_all_are_on_the_page(string scene, bool all)
    {
        var page = Read(scene, all);
        var boxes = Boxes(page);
        var (width, height) = (Number(page, "width"), Number(page, "height"));
        foreach (var box in boxes)
        {
            (box.X >= -28 && box.Y >= -16 && box.Right + 28 <= width && box.Bottom + 16 <= height).ShouldBeTrue($"{box} on {width} x {height}");
            boxes.Where(other => !ReferenceEquals(box, other) && box.X < other.Right && other.X < box.Right && box.Y < other.Bottom && other.Y < box.Bottom).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void No_text_is_wider_than_its_box(string scene, bool all)
    {
        foreach (var card in Read(scene, all).Descendants(Svg + "g").Where(group => group.Elements(Svg + "rect").Any() && group.Elements(Svg + "title").Any()))
        {
            var box = Area(card.Elements(Svg + "rect").Last());
            foreach (var text in card.Elements(Svg + "text"))
                (Number(text, "x") + (Card.Width(text.Value) * Places.Letter)).ShouldBeLessThan(box.Right + 0.1, text.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void No_edge_runs_through_a_box(string scene, bool all)
    {
        var page = Read(scene, all);
        var boxes = Boxes(page);
        foreach (var edge in page.Descendants(Svg + "path").Where(path => path.Attribute("class")!.Value.StartsWith("edge", StringComparison.Ordinal)))
            foreach (var (x, y) in Points(edge.Attribute("d")!.Value))
                boxes.Where(box => box.X + 0.5 < x && x < box.Right - 0.5 && box.Y + 0.5 < y && y < box.Bottom - 0.5).ShouldBeEmpty($"{edge.Value} at {x}, {y}");
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_picture_needs_nothing_from_elsewhere_and_runs_nothing(string scene, bool all)
    {
        var page = Read(scene, all);
        page.DescendantsAndSelf().Select(element => element.Name.LocalName).Distinct().ShouldBeSubsetOf(["svg", "title", "style", "rect", "text", "g", "path", "circle"]);
        page.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName).Distinct()
            .ShouldBeSubsetOf(["xmlns", "width", "height", "viewBox", "role", "class", "x", "y", "rx", "cx", "cy", "r", "d", "transform"]);
        page.Element(Svg + "style")!.Value.ShouldNotContain("url(");
        page.Element(Svg + "style")!.Value.ShouldNotContain("@import");
    }

    [Fact]
    public void Of_500_networks_one_box_is_left_beside_those_that_differ()
    {
        var boxes = Folding.Of(HostGraph.Live(Scenes.Networks(500), Ledger.Empty)).Boxes;
        boxes.Where(box => box.IsFold).Select(box => string.Join(" | ", box.Facts.Select(fact => fact.Text))).ShouldBe(
        [
            "247 networks | VLANs 106 … 598 | bridges br106 … br598 | mtu 1500 | all up | 247 addresses",
            "249 networks | VLANs 101 … 599 | bridges br101 … br599 | mtu 1500 | all up",
        ], ignoreOrder: true);
        foreach (var apart in new[] { "br100", "br102", "br103", "br104", "vnet0", "vnet1", "bond0", "eth0", "eth1" })
            boxes.ShouldContain(box => box.Name == apart);
        boxes.Length.ShouldBe(15);
    }

    [Fact]
    public void Where_many_are_without_carrier_the_fold_says_how_many()
    {
        var fold = Folding.Of(HostGraph.Live(Scenes.All["guests"], Ledger.Empty)).Boxes.Single(box => box.IsFold);
        fold.Name.ShouldBe("70 foreign ports");
        fold.Of(Topic.Condition).ShouldBe(["24 without carrier"]);
        fold.Condition.ShouldBe(Condition.NoCarrier);
    }

    [Fact]
    public void A_name_limits_the_picture_to_its_stack_and_unfolds_it()
    {
        var page = XDocument.Parse(Pictures.Of(PictureForm.Svg, Scenes.Networks(500), Ledger.Empty, ["br300"], all: false)).Root!;
        page.Descendants(Svg + "text").Where(text => text.Attribute("class")!.Value == "name").Select(text => text.Value).ShouldBe(["eth0", "eth1", "bond0", "bond0.300", "br300"], ignoreOrder: true);
    }

    [Fact]
    public void Four_thousand_networks_are_folded_and_drawn_in_no_time()
    {
        var host = Scenes.Networks(4000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Pictures.Of(PictureForm.Svg, host, Ledger.Empty, [], all: false).Length.ShouldBeLessThan(40_000);
        Pictures.Of(PictureForm.Svg, host, Ledger.Empty, [], all: true).Length.ShouldBeGreaterThan(1_000_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Graphviz_gets_names_as_data()
    {
        var text = Pictures.Of(PictureForm.Dot, Scenes.All["hostile"], Ledger.Empty, [], all: true);
        text.ShouldContain("label=\"<b>&amp;\\\"']]>\\l");
        text.ShouldContain("label=\"a\\\\\\\"b\\\\n\\l");
        text.ShouldContain("e\\\\x1b[2Jth0");
        text.ShouldNotContain("\u001b");
        text.ShouldNotContain("\u202e");
    }

    [Fact]
    public void An_SVG_gets_names_as_text()
    {
        var names = Read("hostile", all: true).Descendants(Svg + "text").Where(text => text.Attribute("class")!.Value == "name").Select(text => text.Value);
        names.ShouldBe(["<b>&\"']]>", "e\\x1b[2Jth0", "\ufffd\ufffd\\ud800", "漢字漢字漢", "\\u202eeth", "a\\\"b\\n"], ignoreOrder: true);
    }

    [Fact]
    public void Barycentres_leave_no_crossing_where_there_need_be_none()
    {
        new Columns(HostGraph.Live(Scenes.Networks(200), Ledger.Empty)).Crossings().ShouldBe(0);
        new Columns(HostGraph.Live(ShowObserved.Kvm, Ledger.Empty)).Crossings().ShouldBe(0);
    }

    private static XElement Read(string scene, bool all) => XDocument.Parse(Pictures.Of(PictureForm.Svg, Scenes.All[scene], Ledger.Empty, [], all)).Root!;

    private static List<Area> Boxes(XElement page) =>
        [.. page.Descendants(Svg + "g").Where(group => group.Elements(Svg + "title").Any()).Select(group => Area(group.Elements(Svg + "rect").Last()))];

    private static Area Area(XElement rect) => new(Number(rect, "x"), Number(rect, "y"), Number(rect, "width"), Number(rect, "height"));

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    /// <summary>Many points on a path of absolute M, H and C.</summary>
    private static IEnumerable<(double X, double Y)> Points(string path)
    {
        var words = new Queue<string>(path.Replace("M", "M ", StringComparison.Ordinal).Replace("C", "C ", StringComparison.Ordinal).Replace("H", "H ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        double Next() => double.Parse(words.Dequeue(), CultureInfo.InvariantCulture);
        var (x, y) = (0.0, 0.0);
        while (words.TryDequeue(out var verb))
        {
            var (x0, y0) = (x, y);
            var (x1, y1, x2, y2) = (x, y, x, y);
            switch (verb)
            {
                case "M":
                    (x, y) = (Next(), Next());
                    continue;
                case "H":
                    (x, x1, x2) = (Next(), x, x);
                    (x1, x2) = (x, x);
                    break;
                case "C":
                    (x1, y1, x2, y2, x, y) = (Next(), Next(), Next(), Next(), Next(), Next());
                    break;
            }
            for (var step = 0; step <= 50; step++)
            {
                var (t, u) = (step / 50.0, 1 - (step / 50.0));
                yield return ((u * u * u * x0) + (3 * u * u * t * x1) + (3 * u * t * t * x2) + (t * t * t * x), (u * u * u * y0) + (3 * u * u * t * y1) + (3 * u * t * t * y2) + (t * t * t * y));
            }
        }
    }
}
