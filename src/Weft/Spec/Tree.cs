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
                findings.Add(Finding.Error("yaml-syntax", tree.PlaceOf(wrong.Start, wrong.Start), Syntax.Explain(wrong), "the structure of the file is lost from here on, so nothing of it can be judged", "mend this place, and check again"));
            return null;
        }
    }

    private Node? Document()
    {
        Next();
        if (Next() is not DocumentStart start)
            return null;
        if (start.Version is not null || start.Tags is { Count: > 0 } tags && tags.Any(tag => !start.IsImplicit && tag.Prefix != "tag:yaml.org,2002:" && tag.Prefix != "!"))
            Feature(PlaceOf(start.Start, start.End), "a directive (%)");
        var root = Node(Next(), 0, null);
        if (stopped)
            return null;
        Next();
        if (Next() is DocumentStart second)
            Feature(PlaceOf(second.Start, second.End), "a second document");
        return root is TextNode { IsNull: true } ? null : root;
    }

    private Node Node(ParsingEvent at, int depth, Place? key)
    {
        if (++nodes > MostNodes || depth > DeepestNesting)
            return Stop(PlaceOf(at.Start, at.End), nodes > MostNodes ? $"has more than {MostNodes} values" : $"is nested more than {DeepestNesting} deep");
        if (at is AnchorAlias alias)
        {
            Feature(PlaceOf(alias.Start, alias.End), $"an alias (*{alias.Value})");
            return new LostNode(PlaceOf(alias.Start, alias.End));
        }
        var lost = Refused((NodeEvent)at);
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
        return new(place, scalar.Value, plain);
    }

    private ListNode List(SequenceStart start, int depth, Place? key)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        ParsingEvent at;
        while ((at = Next()) is not SequenceEnd && !stopped)
            items.Add(Node(at, depth + 1, PlaceOf(at.Start, at.Start)));
        return new(Whole(start.Style == SequenceStyle.Flow, start, at, key), items.ToImmutable());
    }

    private MapNode Map(MappingStart start, int depth, Place? key)
    {
        var entries = ImmutableArray.CreateBuilder<(TextNode, Node)>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        ParsingEvent at;
        while ((at = Next()) is not MappingEnd && !stopped)
        {
            var name = Node(at, depth + 1, PlaceOf(at.Start, at.Start));
            if (stopped)
                break;
            var value = Node(Next(), depth + 1, name.Place);
            if (name is TextNode { Plain: true, Text: "<<" })
                Feature(name.Place, "a merge key (<<)");
            else if (name is ListNode or MapNode)
                Feature(name.Place, "a key that is no text");
            else if (name is TextNode { IsNull: true })
                findings.Add(Finding.Error("wrong-type", name.Place, "a key is missing here", "a value without a key belongs to nothing", "write the key's name, in quotes where it is \"null\" or \"~\""));
            else if (name is TextNode text && !seen.TryAdd(text.Text, text.Place))
                findings.Add(Finding.Error("duplicate-key", text.Place, $"{Quote.Of(text.Text)} was given before, in line {seen[text.Text].Line}", "some YAML readers take the first of two, some the last", "remove one of the two, or merge them"));
            else if (name is TextNode fresh)
                entries.Add((fresh, value));
        }
        return new(Whole(start.Style == MappingStyle.Flow, start, at, key), entries.ToImmutable());
    }

    /// <summary>A list or map in brackets is its brackets; one in block style is pointed at by its key.</summary>
    private Place Whole(bool flow, ParsingEvent start, ParsingEvent end, Place? key) =>
        flow || key is null ? PlaceOf(start.Start, flow ? end.End : start.Start) : key.Value;

    private bool Refused(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            Feature(PlaceOf(node.Start, node.Start), $"an anchor (&{node.Anchor.Value})");
        if (node.Tag.IsEmpty)
            return false;
        Feature(PlaceOf(node.Start, node.Start), node.Tag.IsNonSpecific ? "a tag (!)" : $"a tag ({node.Tag.Value})");
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

    private void Feature(Place place, string what) => findings.Add(Finding.Error("yaml-feature", place, $"{Quote.Clean(what)} is used, which a host file does not have",
        "each value of a host file stands where it is used, and reads the same in every YAML reader", "write the value out"));

    private ParsingEvent Next() => parser.MoveNext() ? parser.Current! : throw new SyntaxErrorException("the file ends too early");

    private Place PlaceOf(Mark start, Mark end)
    {
        var length = end.Line == start.Line ? end.Column - start.Column : 1;
        return new(file, (int)start.Line, (int)start.Column, (int)Math.Max(1, length));
    }
}
