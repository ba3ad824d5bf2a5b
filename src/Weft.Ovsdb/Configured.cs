// Whether the switch did what its database says: whoever changes the database counts `next_cfg` up in the same transaction, and ovs-vswitchd sets `cur_cfg` to what it
// has seen to (ovs-vswitchd.conf.db(5)).

using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Replicas;

namespace Weft.Ovsdb;

/// <summary>Counts configurations.</summary>
public static class Configured
{
    private const string Table = "Open_vSwitch", Next = "next_cfg", Current = "cur_cfg";

    /// <summary>The columns that a replica needs to be awaited with.</summary>
    public static readonly (string Table, IEnumerable<string> Columns) Wanted = (Table, [Next, Current]);

    /// <summary>Counts up, as the last of a transaction.</summary>
    public static Transaction Count(Transaction transaction) =>
        transaction.Do(new Operation.Mutate(Table, [new(Next, Mutator.Add, 1)])).Do(new Operation.Select(Table) { Columns = [Next] });

    /// <summary>Which configuration a transaction made that counted up.</summary>
    public static long? Of(Outcome outcome) => outcome.Done is [.., { Rows: [var row] }] ? row[Next]?.Integer : null;

    /// <summary>Waits until the switch has seen to a configuration.</summary>
    public static Failure? Await(Client client, Replica replica, long configuration, TimeSpan wait) =>
        client.Await(() => replica[Table].Values.Any(row => row[Current]?.Integer >= configuration), wait, $"configuration {configuration} of the switch");
}
