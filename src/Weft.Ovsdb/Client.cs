// A client of a server of databases: what it serves, what a database consists of, transactions, and replicas that are kept current while
// it waits for anything. It runs on the caller's thread, and waits for nothing longer than it is told.

using System.Text.Json;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Replicas;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Wire;

namespace Weft.Ovsdb;

/// <summary>One connection to an ovsdb-server.</summary>
public sealed class Client : IDisposable
{
    private readonly Session session;
    private readonly Limits limits;
    private readonly string place;
    private readonly Dictionary<string, Replica> replicas = new(StringComparer.Ordinal);
    private int followed;

    /// <summary>The ways of being told, the newest first.</summary>
    internal IReadOnlyList<string> Methods { get; set; } = ["monitor_cond_since", "monitor_cond", "monitor"];

    private Client(Stream stream, string place, Limits limits)
    {
        (this.place, this.limits) = (place, limits);
        session = new(stream, place, limits) { Heard = Hear };
    }

    /// <summary>Connects.</summary>
    /// <param name="remote">Where the server listens.</param>
    /// <param name="tls">What is shown and trusted over `ssl:`.</param>
    /// <param name="limits">How much is taken, and how long waited.</param>
    public static Answer<Client> Connect(Remote remote, Tls? tls = null, Limits? limits = null) =>
        remote.Open(tls, (limits ??= new()).Wait).Then<Client>(stream => new Client(stream, remote.ToString(), limits));

    /// <summary>Why nothing can be asked any more; null while it can.</summary>
    public Failure? Broken => session.Broken;

    public void Dispose() => session.Dispose();

    /// <summary>Whether the server is there.</summary>
    public Failure? Echo() =>
        Ask("echo", to => List(to, static to => to.WriteStringValue("weft"))).Then<Reply>(reply =>
            reply.Result is { ValueKind: JsonValueKind.Array } said && said.GetArrayLength() == 1 && said[0].ValueKind == JsonValueKind.String && said[0].ValueEquals("weft") ? reply : Failure.Nonsense(place, "an echo that says something else")).Failure;

    /// <summary>The names of its databases.</summary>
    public Answer<IReadOnlyList<string>> Databases() => Ask("list_dbs", static to => List(to, static _ => { })).Then<IReadOnlyList<string>>(reply =>
        reply.Result is { ValueKind: JsonValueKind.Array } names && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? new Answer<IReadOnlyList<string>>([.. names.EnumerateArray().Select(name => name.GetString()!)], null) : Failure.Nonsense(place, "databases that have no names"));

    /// <summary>What a database consists of.</summary>
    public Answer<Schema> Schema(string database) => Ask("get_schema", to => List(to, to => to.WriteStringValue(database))).Then(reply => SchemaReading.Read(reply.Result));

    /// <summary>Does all of a transaction, or nothing. What the schema has against it is said before anything is sent.</summary>
    public Answer<Outcome> Transact(Transaction transaction) => transaction.Refusals is [var first, ..] ? first : Send(transaction);

    /// <summary>The same without looking at it first.</summary>
    internal Answer<Outcome> Send(Transaction transaction) => Ask("transact", to => List(to, to =>
    {
        to.WriteStringValue(transaction.Schema.Name);
        foreach (var operation in transaction.Operations)
            OperationText.Write(to, operation, transaction.Schema);
    })).Then(reply => Outcome.Read(reply.Result, transaction, place));

    /// <summary>Keeps tables current, of each these columns. What the schema has not is left out, and <see cref="Replica.Wanted"/> says what is kept.</summary>
    public Answer<Replica> Follow(Schema schema, params IEnumerable<(string Table, IEnumerable<string> Columns)> tables)
    {
        var replica = new Replica(schema, tables);
        return Follow(replica) is { } failure ? failure : replica;
    }

    /// <summary>Brings a replica of a connection that broke up to date, and keeps it so: what came since where the server still knows, and else all of it.</summary>
    public Failure? Follow(Replica replica)
    {
        var name = $"weft{++followed}";
        Failure? failure = null;
        foreach (var method in Methods)
        {
            // What changes while the answer is read is told behind it, so it is listened for from now on.
            (replicas[name], replica.Method) = (replica, method);
            failure = Ask(method, to => List(to, to => Wanted(to, replica, name, method))).Then<Reply>(reply => Begin(replica, reply.Result, method) is { } wrong ? Failure.Nonsense(place, wrong) : reply).Failure;
            if (failure is not { Kind: FailureKind.NoMethod })
                break;
        }
        if (failure is { Kind: FailureKind.Nonsense })
            session.Break(failure);
        if (failure is not null)
            replicas.Remove(name);
        return failure;
    }

    private static void Wanted(Utf8JsonWriter to, Replica replica, string name, string method)
    {
        to.WriteStringValue(replica.Schema.Name);
        to.WriteStringValue(name);
        to.WriteStartObject();
        foreach (var (table, columns) in replica.Wanted)
        {
            to.WriteStartArray(table);
            to.WriteStartObject();
            to.WriteStartArray("columns");
            foreach (var column in columns)
                to.WriteStringValue(column);
            to.WriteEndArray();
            to.WriteEndObject();
            to.WriteEndArray();
        }
        to.WriteEndObject();
        if (method == "monitor_cond_since")
            to.WriteStringValue(replica.Transaction);
    }

    private static string? Begin(Replica replica, JsonElement result, string method)
    {
        var since = method == "monitor_cond_since";
        if (since && !(result.ValueKind == JsonValueKind.Array && result.GetArrayLength() == 3 && result[0].ValueKind is JsonValueKind.True or JsonValueKind.False && result[1].ValueKind == JsonValueKind.String))
            return "an answer to monitor_cond_since that is none";
        if (!since || !result[0].GetBoolean())
            replica.Clear();
        replica.IsOver = false;
        if (since)
            replica.Transaction = result[1].GetString()!;
        return replica.Apply(since ? result[2] : result, isSecond: method != "monitor");
    }

    private void Hear(string method, JsonElement parameters)
    {
        var count = parameters.GetArrayLength();
        if (count == 0 || parameters[0].ValueKind != JsonValueKind.String || !replicas.TryGetValue(parameters[0].GetString()!, out var replica))
            return; // Of a monitor that was given up, or a kind of notification that nobody asked for.
        string? wrong = null;
        if (method is "update" or "update2" && count == 2)
            wrong = replica.Apply(parameters[1], method == "update2");
        else if (method == "update3" && count == 3 && parameters[1].ValueKind == JsonValueKind.String)
        {
            if ((wrong = replica.Apply(parameters[2], isSecond: true)) is null)
                replica.Transaction = parameters[1].GetString()!;
        }
        else if (method == "monitor_canceled")
            replica.IsOver = true;
        else if (method.StartsWith("update", StringComparison.Ordinal))
            wrong = $"{method} without what belongs to it";
        if (wrong is not null)
            session.Break(Failure.Nonsense(place, wrong));
    }

    /// <summary>
    /// Takes what the server tells until something is so. Over TCP and TLS a server hangs up on whom it asks in vain whether he is there, after some ten
    /// seconds: he answers while he waits for anything, and only then.
    /// </summary>
    /// <param name="isSo">Looked at after each message.</param>
    /// <param name="wait">For how long at most.</param>
    /// <param name="what">What is waited for, in words.</param>
    public Failure? Await(Func<bool> isSo, TimeSpan wait, string what)
    {
        var deadline = new Deadline(wait);
        while (!isSo())
        {
            if (Broken is { } broken)
                return broken;
            if (deadline.IsOver)
                return new(FailureKind.TimedOut, place, $"{what} did not come about within {wait.TotalSeconds:0.#} s", "who does it is busy, or does not run", "see whether ovs-vswitchd runs, and what it logs");
            session.Take(deadline.Left);
        }
        return null;
    }

    private Answer<Reply> Ask(string method, Action<Utf8JsonWriter> parameters) =>
        session.Call(method, parameters, limits.Wait).Then<Reply>(reply => reply.Error is { } error ? Refusals.Of(error, null, null, place) : reply);

    private static void List(Utf8JsonWriter to, Action<Utf8JsonWriter> inner)
    {
        to.WriteStartArray();
        inner(to);
        to.WriteEndArray();
    }
}
