// What a server says no with (RFC 7047, 3.1 and 5.2; ovsdb-server(7)), as failures: its word is the kind, what it says beside that is told as it is.

namespace Weft.Ovsdb.Operations;

/// <summary>Makes failures of a server's errors.</summary>
internal static class Refusals
{
    private static readonly (FailureKind, string, string) Other = (FailureKind.WrongSchema, "the database's schema is another than was read", "read it again");

    public static Failure Of((string Word, string Details) error, Operation? operation, int? at, string place)
    {
        var (kind, why, mend) = error.Word switch
        {
            "constraint violation" or "domain error" or "range error" => (FailureKind.Constraint, "the database takes no such value there, or not twice", "give it another value"),
            "referential integrity violation" => (FailureKind.Reference, "a row refers to one that would not be there", "let both go in one transaction, or keep what is referred to"),
            "timed out" => (FailureKind.Changed, "somebody else changed the database since it was looked at", "look again, and plan again"),
            "aborted" => (FailureKind.Aborted, "the transaction says so itself", "nothing: it was a trial"),
            "permission error" or "not owner" => (FailureKind.NoPermission, "the server's access control does not allow it to this client", "see the role of this connection (ovsdb-server(7))"),
            "unknown database" => (FailureKind.NoDatabase, "this server serves other databases", "see ovsdb-client list-dbs"),
            "unknown method" => (FailureKind.NoMethod, "this server is of another version", "do without, or use a newer Open vSwitch"),
            "unknown column" => Other,
            "syntax error" when error.Details.Contains("No table named", StringComparison.Ordinal) => Other,
            "resources exhausted" or "I/O error" => (FailureKind.Refused, "the server has no memory, or no room on its disk", "make room, and try again"),
            _ => (FailureKind.Refused, "the server does not take it", "see what it says"),
        };
        var what = error.Details.Length == 0 || error.Details == error.Word ? error.Word : $"{error.Word}: {error.Details}";
        return new(kind, operation is null ? place : $"operation {at + 1}, {operation}", what, why, mend) { Operation = at };
    }
}
