// The picture as one SVG that needs nothing else: no script, no font, no other file. Names come from kernels and files and
// may hold anything; they pass through `Safe` and the XML writer, and nothing else writes text. How a link is doing is told by
// colour, by the shape of a mark, and in words.

using System.Globalization;
using System.Text;
using System.Xml;
using Weft.Text;

namespace Weft.Show.Picture;

internal sealed class Svg
{
    private const double Margin = 28, Heading = 62, LegendHeight = 34;

    private readonly Graph graph;
    private readonly Columns columns;
    private readonly Places places;
    private readonly XmlWriter to;

    private Svg(Graph graph, Columns columns, XmlWriter to) => (this.graph, this.columns, this.to, places) = (graph, columns, to, new(graph, columns));

    public static string Of(Graph graph)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" }))
            new Svg(graph, new(graph), writer).Write();
        return text.Append('\n').ToString();
    }

    private void Write()
    {
        var (width, height) = (Math.Max(places.Whole.Width, 460) + (2 * Margin), places.Whole.Height + Heading + 16 + Margin + (HasLegend ? LegendHeight : 0));
        to.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Say(("width", Number(width)), ("height", Number(height)), ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("role", "img"));
        to.WriteElementString("title", Safe(Title));
        to.WriteElementString("style", SvgStyle.Sheet);
        Shape("rect", ("class", "paper"), ("width", "100%"), ("height", "100%"));
        Text(Margin, 34, "title", Title);
        to.WriteStartElement("g");
        Say(("transform", $"translate({Number(Margin)} {Number(Heading + 16)})"));
        Heads();
        foreach (var (edge, points) in places.Ways)
            Way(edge, points);
        for (var box = 0; box < graph.Boxes.Length; box++)
            Draw(graph.Boxes[box], places.CardOf(box), places.AreaOf(box));
        to.WriteEndElement();
        Legend(height - Margin + 4);
        to.WriteEndElement();
    }

    private string Title => (graph.Title ?? "This host") + (graph.Live ? ", as it runs" : ", as its file declares it");

    private bool HasLegend => graph.Boxes.Any(box => box.Foreign || Card.LookOf(box) != Look.Unknown);

    private void Heads()
    {
        for (var at = 0; at < columns.All.Length; at++)
        {
            var kinds = columns.All[at].Where(slot => slot.Box is not null).Select(slot => Head(slot.Box!.Value)).Distinct().ToList();
            if (kinds.Count <= 2)
                Text(places.Lefts[at], -12, "head", string.Join(", ", kinds));
        }
        if (!columns.Alone.IsEmpty && !columns.All.IsEmpty)
            Text(0, places.Joined.Height + 42, "head", "Nothing stands on these");
    }

    private string Head(int box) => graph.Boxes[box].IsFold ? graph.Boxes[box].Name.Split(' ', 2)[1] : graph.Boxes[box].Foreign && graph.Below(box).Any(edge => edge.Plugged) ? "foreign ports" : FoldWords.Plural(graph.Boxes[box].Kind.Split('+')[0]);

    private void Draw(Box box, Card card, Area area)
    {
        to.WriteStartElement("g");
        Say(("class", Class(Card.LookOf(box), box.Foreign)));
        to.WriteElementString("title", Safe(card.Tip));
        if (box.IsFold)
            foreach (var behind in new[] { 6, 3 })
                Rectangle(area with { X = area.X + behind, Y = area.Y + behind });
        Rectangle(area);
        Text(area.X + Places.Padding, area.Y + Places.Padding + 10, "name", card.Name);
        for (var line = 0; line < card.Lines.Length; line++)
            Text(area.X + Places.Padding, area.Y + Places.Padding + 10 + Places.NameLine + (line * Places.TextLine), "small", card.Lines[line]);
        Mark(Card.LookOf(box), area.Right - 14, area.Y + 14);
        to.WriteEndElement();
    }

    private void Rectangle(Area area) =>
        Shape("rect", ("class", "box"), ("x", Number(area.X)), ("y", Number(area.Y)), ("width", Number(area.Width)), ("height", Number(area.Height)), ("rx", "5"));

    /// <summary>A disc carries, a ring waits, a diamond is in doubt, a triangle has no carrier, a square is down.</summary>
    private void Mark(Look look, double x, double y)
    {
        string At(double right, double down) => $"{Number(x + right)} {Number(y + down)}";
        if (look is Look.Good or Look.Waiting)
            Shape("circle", ("class", "mark"), ("cx", Number(x)), ("cy", Number(y)), ("r", look == Look.Good ? "5" : "4"));
        else if (look != Look.Unknown)
            Shape("path", ("class", "mark"), ("d", look switch
            {
                Look.Doubtful => $"M{At(0, -6)} L{At(6, 0)} L{At(0, 6)} L{At(-6, 0)} Z",
                Look.Bad => $"M{At(0, -6)} L{At(6, 5)} L{At(-6, 5)} Z",
                _ => $"M{At(-5, -5)} L{At(5, -5)} L{At(5, 5)} L{At(-5, 5)} Z",
            }));
    }

    private void Way(Edge edge, System.Collections.Immutable.ImmutableArray<(double X, double Y)> points)
    {
        var (lower, upper) = (graph.Boxes[edge.Lower], graph.Boxes[edge.Upper]);
        var look = edge.Plugged ? Card.LookOf(upper) : Card.LookOf(lower);
        var way = new StringBuilder($"M{Number(points[0].X)} {Number(points[0].Y)}");
        for (var at = 1; at < points.Length; at++)
        {
            var (from, until) = (points[at - 1], points[at]);
            var middle = Number((from.X + until.X) / 2);
            way.Append(from.Y.Equals(until.Y) ? $" H{Number(until.X)}" : $" C{middle} {Number(from.Y)} {middle} {Number(until.Y)} {Number(until.X)} {Number(until.Y)}");
        }
        to.WriteStartElement("path");
        Say(("class", "edge " + Class(look, edge.Plugged && upper.Foreign)), ("d", way.ToString()));
        to.WriteElementString("title", Safe($"{lower.Name} carries {upper.Name}"));
        to.WriteEndElement();
        if (look == Look.Bad && !lower.IsFold && !upper.IsFold)
        {
            var (x, y) = ((points[0].X + points[1].X) / 2, (points[0].Y + points[1].Y) / 2);
            Shape("path", ("class", "cross"), ("d", $"M{Number(x - 4)} {Number(y - 4)} l8 8 m0 -8 l-8 8"));
        }
    }

    private void Legend(double y)
    {
        var x = Margin;
        foreach (var (look, words) in new[] { (Look.Good, "carries"), (Look.Waiting, "standby"), (Look.Doubtful, "LACP not negotiated"), (Look.Bad, "no carrier"), (Look.Off, "down") })
            if (graph.Boxes.Any(box => Card.LookOf(box) == look))
            {
                to.WriteStartElement("g");
                Say(("class", Class(look, foreign: false)));
                Mark(look, x + 6, y - 4);
                Text(x + 18, y, "legend", words);
                to.WriteEndElement();
                x += 18 + (words.Length * Places.Letter) + 22;
            }
        if (!graph.Boxes.Any(box => box.Foreign))
            return;
        to.WriteStartElement("g");
        Say(("class", "foreign"));
        Rectangle(new(x, y - 11, 22, 13));
        Text(x + 30, y, "legend", "foreign");
        to.WriteEndElement();
    }

    private static string Class(Look look, bool foreign) => look.ToString().ToLowerInvariant() + (foreign ? " foreign" : "");

    private void Text(double x, double y, string kind, string text)
    {
        to.WriteStartElement("text");
        Say(("class", kind), ("x", Number(x)), ("y", Number(y)));
        to.WriteString(Safe(text));
        to.WriteEndElement();
    }

    private void Shape(string name, params (string Name, string Value)[] attributes)
    {
        to.WriteStartElement(name);
        Say(attributes);
        to.WriteEndElement();
    }

    private void Say(params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
            to.WriteAttributeString(name, value);
    }

    private static string Number(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>What no terminal should get, spelled out; and what XML cannot hold (two code points that stand for nothing), replaced.</summary>
    private static string Safe(string text) =>
        string.Join('\n', text.Split('\n').Select(Quote.Clean)).Replace('\ufffe', '\ufffd').Replace('\uffff', '\ufffd');
}
