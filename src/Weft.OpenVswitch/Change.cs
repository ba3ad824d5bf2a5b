// From the rows that are to those that are wished, as one transaction: what was declared before and is no more goes, what is declared comes or is set, and all else stays as it is. The transaction begins with
// what it was drawn from, so that it does nothing where somebody else was there first.

using System.Collections.Immutable;
using Weft.Ovsdb;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;
using Weft.Text;

namespace Weft.OpenVswitch;

/// <summary>A transaction and what it means.</summary>
public sealed class Change
{
    private readonly SwitchRows wish, observed, before;
    private readonly Fitting fitting;
    private readonly ImmutableArray<Place>.Builder places = ImmutableArray.CreateBuilder<Place>();
    private readonly Dictionary<RowName, Atom> made = [];
    private readonly HashSet<RowName> touched = [], going = [];
    private readonly HashSet<Guid> expected = [];

    private Change(SwitchRows before, SwitchRows wish, SwitchRows observed, Schema schema)
    {
        (this.before, this.wish, this.observed) = (before, wish, observed);
        (Transaction, fitting) = (new(schema), new(schema, wish, observed));
    }

    /// <param name="before">What the file before declared.</param>
    /// <param name="wish">What the file now declares, or a snapshot to go back to.</param>
    /// <param name="observed">What is there.</param>
    /// <param name="schema">Of the database.</param>
    public static Change Of(SwitchRows before, SwitchRows wish, SwitchRows observed, Schema schema)
    {
        var change = new Change(before, wish, observed, schema);
        if (change.Findings.IsEmpty)
            change.Draw();
        return change;
    }

    /// <summary>Empty where nothing is to be done, or something cannot be.</summary>
    public Transaction Transaction { get; private set; }

    /// <summary>What this switch does not have, or not so much of, each at its line of the file. Nothing is to be sent then.</summary>
    public ImmutableArray<Finding> Findings => fitting.Findings;

    /// <summary>The line of the file that each operation comes from.</summary>
    public ImmutableArray<Place> Places => places.ToImmutable();

    public bool IsEmpty => places.Count == 0;

    /// <summary>Others' ports that go with a bridge that goes.</summary>
    public ImmutableArray<SwitchRow> Lost { get; private set; } = [];

    /// <summary>What to wish for to have it as it was. It goes with what was wished as what was before.</summary>
    public SwitchRows Back => observed.Only(observed.All.Where(row => row.Mark is not null || touched.Contains(row.Is) || wish.Find(row.Is) is not null).Select(row => row.Is));

    /// <summary>A failure of this transaction, at the line of the file that it is about.</summary>
    public Finding Told(Failure failure)
    {
        // What fails only when all is done together has no operation, and names the value at best.
        var place = failure.Operation is { } at && at < places.Count ? places[at] : wish.All.FirstOrDefault(row => failure.What.Contains($"\"{row.Is.Name}\"", StringComparison.Ordinal))?.Place ?? Place.None;
        return Finding.Error("openvswitch-refused", place, $"{failure.Place}: {failure.What}", failure.Why, failure.Mend);
    }

    private void Draw()
    {
        var fresh = wish.All.Where(row => observed.Find(row.Is) is null).ToList();
        var held = wish.All.Select(row => (Wish: row, Is: observed.Find(row.Is)!)).Where(pair => pair.Is is not null).ToList();
        var gone = Gone();
        var sets = held.Select(pair => (pair.Wish, pair.Is, Cells: Differing(pair.Wish, pair.Is))).Where(set => set.Cells.Count > 0).ToList();
        touched.UnionWith([.. fresh.Select(row => row.Is), .. sets.Select(set => set.Is.Is), .. held.Where(pair => pair.Wish.Owner != pair.Is.Owner).Select(pair => pair.Is.Is)]);

        foreach (var (_, row, cells) in sets)
            Expect(row, cells.Keys.Select(cell => cell.Column));
        foreach (var row in fresh.Where(row => row.Is.Table is Cells.Bridge or Cells.Port or Cells.Interface))
            Do(new Operation.Wait(row.Is.Table, ["_uuid"], [], new Condition("name", Comparison.Is, row.Is.Name)), row.Place);
        var joined = wish.All.Where(row => row.Owner != observed.Find(row.Is)?.Owner || observed.Find(row.Is) is null).ToLookup(row => row.Owner);
        foreach (var owner in joined.Select(group => group.Key).OfType<RowName>().Select(observed.Find).OfType<SwitchRow>().Where(owner => wish.Find(owner.Is) is not null))
            Expect(owner, ["name"]);

        foreach (var row in Cells.Order.SelectMany(table => fresh.Where(row => row.Is.Table == table)))
            Insert(row);
        Belong(joined, gone.Concat(held.Where(pair => pair.Wish.Owner != pair.Is.Owner).Select(pair => pair.Is)).ToLookup(row => row.Owner));
        foreach (var (row, there, cells) in sets)
            Set(row, there, cells);
        if (places.Count == 0)
            return;
        Transaction = Configured.Count(Transaction);
        places.AddRange(Place.None, Place.None);
    }

    /// <summary>What goes: marked or declared before, and wished no more; a port whose interfaces are all wished elsewhere; and with each of them what it keeps.</summary>
    private List<SwitchRow> Gone()
    {
        var gone = observed.All.Where(row => wish.Find(row.Is) is null && (row.Mark is not null || before.Find(row.Is) is not null || IsEmptied(row))).ToList();
        var all = new HashSet<RowName>(gone.Select(row => row.Is));
        for (var left = new Queue<RowName>(all); left.TryDequeue(out var owner);)
            foreach (var kept in observed.OfOwner[owner].Where(row => wish.Find(row.Is) is null && all.Add(row.Is)))
                left.Enqueue(kept.Is);
        going.UnionWith(all);
        touched.UnionWith(all);
        Lost = [.. all.Where(name => name.Table == Cells.Port).Select(name => observed.Find(name)!).Where(row => row.Mark is null && before.Find(row.Is) is null && !IsEmptied(row))];
        return [.. gone.Where(row => row.Owner is null || !all.Contains(row.Owner))];
    }

    private bool IsEmptied(SwitchRow port) =>
        port.Is.Table == Cells.Port && observed.OfOwner[port.Is].ToList() is { Count: > 0 } interfaces && interfaces.All(row => wish.Find(row.Is) is { } wished && wished.Owner != port.Is);

    /// <summary>The cells that are to be something else, with what; what left the declaration is to be usual again.</summary>
    private SortedDictionary<Cell, At<Datum>> Differing(SwitchRow row, SwitchRow there)
    {
        var cells = new SortedDictionary<Cell, At<Datum>>();
        foreach (var cell in before.Find(row.Is)?.Cells.Keys ?? [])
            cells[cell] = At.Of(Datum.Empty, row.Place);
        foreach (var (cell, value) in row.Cells)
            cells[cell] = value;
        foreach (var (cell, value) in cells.ToList())
            if (!fitting.Has(row, cell) || fitting.Whole(row, cell, value.Value).Equals(there[cell]))
                cells.Remove(cell);
        return cells;
    }

    private void Expect(SwitchRow row, IEnumerable<string> columns)
    {
        var read = columns.Where(column => column != Cells.Ids && row.Held?[column] is not null).Distinct(StringComparer.Ordinal).ToList();
        if (read.Count > 0 && (expected.Add(row.Uuid) || read is not ["name"]))
            Do(new Operation.Wait(row.Is.Table, [.. read], [new Row(read.Select(column => (column, row.Held![column]!)))], Condition.Row(row.Uuid)), wish.Find(row.Is)?.Place ?? default);
    }

    private void Insert(SwitchRow row)
    {
        var columns = new List<(string, Datum)>();
        if (row.Is.Table is Cells.Bridge or Cells.Port or Cells.Interface or Cells.Mirror)
            columns.Add(("name", row.Is.Table == Cells.Mirror ? row.Is.Name[(row.Is.Name.IndexOf('/', StringComparison.Ordinal) + 1)..] : row.Is.Name));
        foreach (var column in row.Cells.Where(cell => cell.Value.Value.Count > 0 && fitting.Has(row, cell.Key)).GroupBy(cell => cell.Key.Column, StringComparer.Ordinal))
            columns.Add((column.Key, column.First().Key.Key.Length == 0 ? Uuids(column.First().Key, column.First().Value.Value) : Datum.Map(column.Select(cell => KeyValuePair.Create((Atom)cell.Key.Key, cell.Value.Value.One!)))));
        foreach (var kept in wish.OfOwner[row.Is].GroupBy(kept => Cells.Owners[kept.Is.Table].Column, StringComparer.Ordinal))
            columns.Add((kept.Key, Datum.Set(kept.Select(one => Uuid(one.Is)))));
        made[row.Is] = Transaction.Insert(row.Is.Table, new Row(columns));
        places.Add(row.Place);
    }

    /// <summary>Puts rows to where they belong and takes them from where they did, element by element: first in, then out, for a port is never without an interface.</summary>
    private void Belong(ILookup<RowName?, SwitchRow> joined, ILookup<RowName?, SwitchRow> left)
    {
        foreach (var owner in joined.Select(group => group.Key).Concat(left.Select(group => group.Key)).Distinct())
        {
            if (owner is not null && observed.Find(owner) is null)
                continue; // A new one has them from the beginning.
            var columns = joined[owner].Select(row => (Row: row, Joins: true)).Concat(left[owner].Select(row => (Row: row, Joins: false))).GroupBy(one => Cells.Owners[one.Row.Is.Table].Column, StringComparer.Ordinal).ToList();
            if (owner is null && observed.Root is null)
            {
                Do(new Operation.Insert(Cells.Root, new Row(columns.Select(column => (column.Key, Datum.Set(column.Where(one => one.Joins).Select(one => Uuid(one.Row.Is))))))), default);
                continue;
            }
            if (owner is not null && going.Contains(owner))
                continue; // What goes lets go of all by itself, and must not be without an interface before.
            var mutations = columns.SelectMany(column => new[] { (Joins: true, How: Mutator.Insert), (Joins: false, How: Mutator.Delete) }.Select(way => (way.How, Rows: column.Where(one => one.Joins == way.Joins).Select(one => Uuid(one.Row.Is)).ToList()))
                .Where(way => way.Rows.Count > 0).Select(way => new Mutation(column.Key, way.How, Datum.Set(way.Rows)))).ToImmutableArray();
            Do(new Operation.Mutate(owner?.Table ?? Cells.Root, mutations, Condition.Row(owner is null ? observed.Root!.Value : observed.Find(owner)!.Uuid)), (joined[owner].FirstOrDefault() ?? (owner is null ? null : wish.Find(owner)))?.Place ?? default);
        }
    }

    private void Set(SwitchRow row, SwitchRow there, SortedDictionary<Cell, At<Datum>> cells)
    {
        foreach (var column in cells.Where(cell => cell.Key.Key.Length == 0))
            Do(new Operation.Update(row.Is.Table, new Row((column.Key.Column, Uuids(column.Key, fitting.Whole(row, column.Key, column.Value.Value)))), Condition.Row(there.Uuid)), column.Value.Place.IsSomewhere ? column.Value.Place : row.Place);
        foreach (var map in cells.Where(cell => cell.Key.Key.Length > 0).GroupBy(cell => cell.Key.Column, StringComparer.Ordinal))
        {
            var keys = Datum.Set(map.Where(cell => there[cell.Key].Count > 0).Select(cell => (Atom)cell.Key.Key));
            var pairs = Datum.Map(map.Where(cell => cell.Value.Value.Count > 0).Select(cell => KeyValuePair.Create((Atom)cell.Key.Key, cell.Value.Value.One!)));
            Mutation[] mutations = [.. keys.Count > 0 ? [new Mutation(map.Key, Mutator.Delete, keys)] : Array.Empty<Mutation>(), .. pairs.Count > 0 ? [new Mutation(map.Key, Mutator.Insert, pairs)] : Array.Empty<Mutation>()];
            Do(new Operation.Mutate(row.Is.Table, [.. mutations], Condition.Row(there.Uuid)), map.Select(cell => cell.Value.Place).FirstOrDefault(place => place.IsSomewhere, row.Place));
        }
    }

    private Datum Uuids(Cell cell, Datum value) => cell.Key.Length == 0 && Cells.PortsOf.Contains(cell.Column) ? Datum.Set(value.Keys.Select(name => Uuid(new(Cells.Port, name.ToString()!)))) : value;

    private Atom Uuid(RowName name) => made.TryGetValue(name, out var named) ? named : observed.Find(name)!.Uuid;

    private void Do(Operation operation, Place place)
    {
        Transaction.Do(operation);
        places.Add(place);
    }
}
