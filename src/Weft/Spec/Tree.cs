// YAML events -> tree. Anchors, aliases, tags, merge keys and further documents are refused by name: an alias can make ten
// lines into a billion, and a host file has nothing to repeat. The parser of YamlDotNet is driven event by event, never its
// deserializer. Only a syntax error, or more nesting or nodes than any host needs, stops a file.

using System.Collections.Immutable;
using Weft.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Weft.Spec;

internal sealed class Tree
{
    public const int DeepestNesting = 20;
    public const int MostNodes = 200_000;

    private readonly string file;
    private readonly List<Finding> findings;
    private readonly Parser parser;
    private int nodes;
    private bool stopped;

    /// <summary>The brackets and braces that are open.</summary>
    private readonly Stack<ParsingEvent> open = new();

    private Tree(string file, string text, List<Finding> findings)
    {
        (this.file, this.findings) = (file, findings);
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The file's one document; null where it holds nothing, or cannot be read and a finding says why.</summary>
    public static Node? Read(string file, string text, List<Finding> findings)
    {
        var tree = new Tree(file, text, findings);
        try
        {
            var root = tree.Document();
            return tree.stopped ? null : root;
        }
        catch (YamlException wrong)
        {
            // A line that was already refused for its tabs gives no second finding.
            if (!findings.Any(finding => finding.Rule == "tab-indent"))
                findings.Add(Finding.Error("yaml-syntax", tree.PlaceOf(wrong.Start, wrong.Message == Syntax.EndsEarly ? wrong.End : wrong.Start), Syntax.Explain(wrong), "the structure of the file is lost from here on, so nothing of it can be judged", "mend this place, and check again"));
            return null;
        }
    }

    private Node? Document()
    {
        Next();
        if (Next() is not DocumentStart start)
            return null;
        if (start.Version is not null || start.Tags is { Count: > 0 } tags && tags.Any(tag => !start.IsImplicit && tag.Prefix != "tag:yaml.org,2002:" && tag.Prefix != "!"))
            Feature(PlaceOf(start.Start, start.End), "a directive (%)", "remove it");
        var root = Node(Next(), 0, null);
        if (stopped)
            return null;
        Next();
        if (Next() is DocumentStart second)
            Feature(PlaceOf(second.Start, second.End), "a second document", "write a file for each host");
        return root is TextNode { IsNull: true } ? null : root;
    }

    private Node Node(ParsingEvent at, int depth, Place? key)
    {
        if (++nodes > MostNodes || depth > DeepestNesting)
            return Stop(PlaceOf(at.Start, at.End), nodes > MostNodes ? $"has more than {MostNodes} values" : $"is nested more than {DeepestNesting} deep");
        if (at is AnchorAlias alias)
        {
            Feature(PlaceOf(alias.Start, alias.End), $"an alias (*{alias.Value})", "write the value out");
            return new LostNode(PlaceOf(alias.Start, alias.End));
        }
        // The parser lets `: ` without a key pass as a mapping that ends between a key and its value.
        if (at is not NodeEvent told)
            throw new SyntaxErrorException(at.Start, at.End, "did not find expected node content");
        var lost = Refused(told);
        Node node = at switch
        {
            Scalar scalar => Text(scalar, key),
            SequenceStart list => List(list, depth, key),
            MappingStart map => Map(map, depth, key),
            _ => throw new InvalidOperationException($"no node begins with {at.GetType().Name}"),
        };
        return lost ? new LostNode(node.Place) : node;
    }

    private TextNode Text(Scalar scalar, Place? key)
    {
        var plain = scalar.Style == ScalarStyle.Plain;
        var place = scalar.Value.Length == 0 && plain && key is { } name ? name : PlaceOf(scalar.Start, scalar.End);
        return new(place, scalar.Value, plain) { From = (int)scalar.Start.Index, To = (int)scalar.End.Index };
    }

    private ListNode List(SequenceStart start, int depth, Place? key)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        var flow = start.Style == SequenceStyle.Flow;
        if (flow)
            open.Push(start);
        ParsingEvent at;
        while ((at = Next()) is not SequenceEnd && !stopped)
            items.Add(Node(at, depth + 1, PlaceOf(at.Start, at.Start)));
        if (flow)
            open.Pop();
        return new(Whole(flow, start, at, key), items.ToImmutable()) { IsFlow = flow, From = (int)start.Start.Index, To = flow ? (int)Behind(at).Index : 0 };
    }

    private MapNode Map(MappingStart start, int depth, Place? key)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var flow = start.Style == MappingStyle.Flow;
        if (flow)
            open.Push(start);
        ParsingEvent at;
        while ((at = Next()) is not MappingEnd && !stopped)
        {
            var name = Node(at, depth + 1, PlaceOf(at.Start, at.Start));
            if (stopped)
                break;
            var value = Node(Next(), depth + 1, name.Place);
            if (name is TextNode { Plain: true, Text: "<<" })
                Feature(name.Place, "a merge key (<<)", "write the keys out");
            else if (name is ListNode or MapNode)
                Feature(name.Place, "a key that is no text", "write a name");
            else if (name is TextNode { IsNull: true })
                findings.Add(Finding.Error("wrong-type", name.Place, "a key is missing here", "a value without a key belongs to nothing", "write the key's name, in quotes where it is \"null\" or \"~\""));
            else if (name is TextNode text && seen.TryGetValue(text.Text, out var first))
            {
                // Neither of the two is what was meant for certain, so neither is judged any further.
                entries[first] = entries[first] with { Value = new LostNode(entries[first].Value.Place) };
                findings.Add(Finding.Error("duplicate-key", text.Place, $"{Quote.Of(text.Text)} was given before, in line {entries[first].Key.Place.Line}", "some YAML readers take the first of two, some the last", "remove one of the two, or merge them"));
            }
            else if (name is TextNode fresh)
            {
                seen.Add(fresh.Text, entries.Count);
                entries.Add(new(fresh, value));
            }
        }
        if (flow)
            open.Pop();
        return new(Whole(flow, start, at, key), entries.ToImmutable()) { IsFlow = flow, From = (int)start.Start.Index, To = flow ? (int)Behind(at).Index : 0 };
    }

    /// <summary>A list or map in brackets is its brackets; one in block style is pointed at by its key.</summary>
    private Place Whole(bool flow, ParsingEvent start, ParsingEvent end, Place? key) =>
        flow || key is null ? PlaceOf(start.Start, flow ? Behind(end) : start.Start) : key.Value;

    /// <summary>Behind the closing bracket: the parser's own mark is before it.</summary>
    private static Mark Behind(ParsingEvent end) => end.End.Index > end.Start.Index ? end.End : new(end.End.Index + 1, end.End.Line, end.End.Column + 1);

    private bool Refused(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            Feature(PlaceOf(node.Start, node.Start), $"an anchor (&{Quote.Short(node.Anchor.Value)})", "remove it, and write the value out wherever it is used");
        if (node.Tag.IsEmpty)
            return false;
        Feature(PlaceOf(node.Start, node.Start), node.Tag.IsNonSpecific ? "a tag (!)" : $"a tag ({Quote.Short(node.Tag.Value)})", "remove it: the key says what its value is");
        return true;
    }

    /// <summary>Gives the file up: every loop above sees it and returns.</summary>
    private LostNode Stop(Place place, string what)
    {
        if (!stopped)
            findings.Add(Finding.Error("too-much", place, $"the file {what}", "no host needs that, and what does is a mistake or an attack that must not make Weft choke", "write the file flatter or shorter"));
        stopped = true;
        return new(place);
    }

    private void Feature(Place place, string what, string mend) => findings.Add(Finding.Error("yaml-feature", place, $"here is {Quote.Clean(what)}, which a host file does not have",
        "each value of a host file stands where it is used, and reads the same in every YAML reader", mend));

    /// <summary>
    /// The next event. Some broken files make the parser itself stumble (an unclosed bracket at the end: InvalidOperationException
    /// out of its token queue, 16.3.0); that is the file's fault all the same, and told at the last bracket that is open.
    /// </summary>
    private ParsingEvent Next()
    {
        try
        {
            if (parser.MoveNext())
                return parser.Current!;
        }
        catch (Exception stumbled) when (stumbled is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException or NullReferenceException or KeyNotFoundException)
        {
            var (start, end) = open.TryPeek(out var bracket) ? (bracket.Start, bracket.End) : parser.Current is { } last ? (last.End, last.End) : (Mark.Empty, Mark.Empty);
            throw new SyntaxErrorException(start, end, Syntax.EndsEarly);
        }
        throw new SyntaxErrorException(Syntax.EndsEarly);
    }

    private Place PlaceOf(Mark start, Mark end)
    {
        var length = end.Line == start.Line ? end.Column - start.Column : 1;
        return new(file, (int)Math.Max(1, start.Line), (int)Math.Max(1, start.Column), (int)Math.Max(1, length));
    }
}
