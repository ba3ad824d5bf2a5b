// What can go wrong between us and a database, as a value: what it was about, what happened, why, and what to do. The server's own words
// are kept as they came; whoever prints them has to expect anything in them.

namespace Weft.Ovsdb;

/// <summary>What kind of failure it is: what a caller does about one depends on this alone.</summary>
public enum FailureKind
{
    /// <summary>No socket lies there, or nobody listens.</summary>
    NoServer,

    /// <summary>The socket is not for this user, or the server's access control refuses.</summary>
    NoPermission,

    /// <summary>The server was reached, and not trusted: TLS did not come about.</summary>
    NotTrusted,

    /// <summary>No answer in time. Whether a transaction was made is unknown.</summary>
    TimedOut,

    /// <summary>The connection ended. Whether a transaction that was under way was made is unknown.</summary>
    Disconnected,

    /// <summary>What came is no OVSDB: no JSON, too deep, too long, of another shape.</summary>
    Nonsense,

    /// <summary>The server has no such database.</summary>
    NoDatabase,

    /// <summary>The database has no such table or column, or one of another type.</summary>
    WrongSchema,

    /// <summary>A value that its column does not take: too many, out of range, not one of its words, a name that is taken.</summary>
    Constraint,

    /// <summary>A row that is referred to would be gone, or never was there.</summary>
    Reference,

    /// <summary>What a `wait` expected is not so: somebody else was there first. Nothing was done.</summary>
    Changed,

    /// <summary>The transaction aborted itself. Nothing was done.</summary>
    Aborted,

    /// <summary>The server has no such method.</summary>
    NoMethod,

    /// <summary>Anything else that the server refuses.</summary>
    Refused,
}

/// <summary>A failure.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Place">What it was about: a remote, a table and column, an operation of a transaction.</param>
/// <param name="What">What happened, with the values found.</param>
/// <param name="Why">Why that is so.</param>
/// <param name="Mend">What to do.</param>
public sealed record Failure(FailureKind Kind, string Place, string What, string Why, string Mend)
{
    /// <summary>Which operation of a transaction it was, counted from 0; null where it was none, or the transaction as a whole.</summary>
    public int? Operation { get; init; }

    /// <summary>Whether the database may have taken the transaction all the same: only reading it again tells.</summary>
    public bool IsUncertain => Kind is FailureKind.TimedOut or FailureKind.Disconnected or FailureKind.Nonsense;

    public override string ToString() => $"{Place}: {What}: {Why}; {Mend}";

    internal static Failure Nonsense(string place, string what) =>
        new(FailureKind.Nonsense, place, what, "this is not what RFC 7047 says a server answers", "see what listens there: ovsdb-client list-dbs");

    internal static Failure NoTable(string table, Schemas.Schema schema) =>
        new(FailureKind.WrongSchema, table, $"the database {schema.Name} {schema.Version} has no table {table}", "each version of Open vSwitch has its own schema", "do without, or use a newer Open vSwitch");

    internal static Failure NoColumn(string table, string column, Schemas.Schema schema) =>
        new(FailureKind.WrongSchema, $"{table}.{column}", $"table {table} of {schema.Name} {schema.Version} has no column {column}", "each version of Open vSwitch has its own schema", "do without, or use a newer Open vSwitch");
}

/// <summary>A value, or why there is none.</summary>
public sealed record Answer<T>(T? Value, Failure? Failure) where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);
    public static implicit operator Answer<T>(Failure failure) => new(null, failure);

    /// <summary>What the value leads to, where there is one.</summary>
    public Answer<TNext> Then<TNext>(Func<T, Answer<TNext>> next) where TNext : class => Failure is { } failure ? failure : next(Value!);
}
