// What this very switch has: its schema beside what is wished, each column, word and number, before anything is sent.

using System.Collections.Immutable;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;
using Weft.Text;

namespace Weft.OpenVswitch;

/// <summary>Rows beside a schema.</summary>
internal sealed class Fitting
{
    private readonly Schema schema;

    public Fitting(Schema schema, SwitchRows wish, SwitchRows observed)
    {
        this.schema = schema;
        Findings = [.. wish.All.SelectMany(row => row.Cells.Select(cell => Look(row, cell.Key, cell.Value, wish, observed))).OfType<Finding>().OrderBy(finding => finding.Place)];
    }

    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(SwitchRow row, Cell cell) => schema.Find(row.Is.Table, cell.Column).Value is not null;

    /// <summary>A value as a column holds it: where nothing is said, what is usual.</summary>
    public Datum Whole(SwitchRow row, Cell cell, Datum value) => value.Count > 0 || cell.Key.Length > 0 ? value : schema.Find(row.Is.Table, cell.Column).Value!.Type.Usual;

    private Finding? Look(SwitchRow row, Cell cell, At<Datum> said, SwitchRows wish, SwitchRows observed)
    {
        if (said.Value.Count == 0)
            return null;
        var place = said.Place.IsSomewhere ? said.Place : row.Place;
        if (schema.Find(row.Is.Table, cell.Column) is var found && found.Value is not { } column)
            return Finding.Error("openvswitch-lacks", place, $"{row.Is.Name}: {found.Failure!.What}", found.Failure.Why, found.Failure.Mend);
        if (cell.Key.Length > 0)
            return null;
        if (Cells.PortsOf.Contains(cell.Column))
            return said.Value.Keys.Select(name => name.ToString()!).FirstOrDefault(name => wish.Find(new(Cells.Port, name)) is null && observed.Find(new(Cells.Port, name)) is null) is { } nobody
                ? Finding.Error("openvswitch-cannot", place, $"{cell.Column} names {nobody}, which is no port of the switch", "a mirror copies frames of ports, and to a port", "name a bond, NIC or bridge that is a port of a bridge") : null;
        return column.Type.Refuses(said.Value) is { } why
            ? Finding.Error("openvswitch-lacks", place, $"{row.Is.Table}.{cell.Column} of {row.Is.Name} does not take {said.Value}: {why}", $"the schema of this switch, {schema.Name} {schema.Version}, says what a column takes", "write one that it takes, or use another Open vSwitch") : null;
    }
}
