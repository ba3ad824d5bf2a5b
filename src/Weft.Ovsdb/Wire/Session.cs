// JSON-RPC 1.0 over a stream (RFC 7047, 4): questions with numbers, answers in any order, notifications in between, and the server's own question
// whether we are there. Nothing runs beside the caller: what came is taken while somebody waits. A session that broke stays broken.

using System.Buffers;
using System.Text.Json;

namespace Weft.Ovsdb.Wire;

/// <summary>A connection to a server.</summary>
internal sealed class Session(Stream stream, string place, Limits limits) : IDisposable
{
    private readonly byte[] buffer = new byte[1 << 16];
    private readonly Frames frames = new(limits);
    private readonly Queue<byte[]> whole = [];
    private readonly Dictionary<long, JsonElement?> asked = [];
    private Task<int>? reading;
    private Failure? ending; // What was behind the messages that are not taken yet.
    private long last;

    /// <summary>Is told each notification: its method, and what comes with it.</summary>
    public Action<string, JsonElement> Heard { get; set; } = static (_, _) => { };

    /// <summary>Why nothing can be asked any more.</summary>
    public Failure? Broken { get; private set; }

    public void Dispose()
    {
        Broken ??= new(FailureKind.Disconnected, place, "the connection was closed", "by this end", "connect again");
        stream.Dispose();
        _ = reading?.Exception; // Nobody else looks at how it ends.
    }

    /// <summary>Asks, and waits for the answer: an object with `result` and `error`.</summary>
    public Answer<Reply> Call(string method, Action<Utf8JsonWriter> parameters, TimeSpan wait)
    {
        var (id, deadline) = (++last, new Deadline(wait));
        asked[id] = null;
        Send(to =>
        {
            to.WriteString("method", method);
            to.WritePropertyName("params");
            parameters(to);
            to.WriteNumber("id", id);
        }, deadline);
        while (Broken is null && asked[id] is null && !deadline.IsOver)
            Take(deadline.Left); // Also the answer to something that was given up.
        if (asked[id] is { } answer)
        {
            asked.Remove(id);
            return new Reply(answer);
        }
        // It stays among those that were asked: an answer that comes late is none that nobody wanted.
        return Broken ?? new(FailureKind.TimedOut, place, $"no answer to {method} within {wait.TotalSeconds:0.#} s", "the server is busy, or stopped", "see what ovsdb-server does; then see whether it was done");
    }

    /// <summary>
    /// Takes what came, up to the first answer, and waits for something this long where nothing did. What comes behind an answer is taken once whoever
    /// asked has read that: an update may be of what it tells.
    /// </summary>
    public void Take(TimeSpan wait)
    {
        if (whole.Count == 0 && ending is null && Broken is null)
            Read(wait);
        while (Broken is null && whole.TryDequeue(out var message))
            if (Json.Read(message, limits, out var wrong) is not { } read)
                Break(Failure.Nonsense(place, wrong));
            else if (Take(read))
                return;
        if (Broken is null && ending is { } end)
            Break(end);
    }

    private void Read(TimeSpan wait)
    {
        reading ??= stream.ReadAsync(buffer).AsTask();
        if (Task.WaitAny([reading], wait) < 0)
            return;
        var ended = reading;
        reading = null;
        if (!ended.IsCompletedSuccessfully || ended.Result == 0)
            ending = Gone(ended.Exception);
        else if (frames.Take(buffer.AsSpan(0, ended.Result), whole) is { } wrong)
            ending = Failure.Nonsense(place, wrong);
    }

    /// <returns>Whether it was an answer.</returns>
    private bool Take(JsonElement message)
    {
        var id = message.TryGetProperty("id", out var said) ? said : default;
        if (message.TryGetProperty("method", out var method))
        {
            if (method.ValueKind != JsonValueKind.String || !message.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Array)
                Break(Failure.Nonsense(place, "a question without method or params"));
            else if (id.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                Heard(method.GetString()!, parameters);
            else
                Answer(method.ValueEquals("echo"), parameters, id);
        }
        else if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number) || !asked.TryGetValue(number, out var before) || before is not null)
            Break(Failure.Nonsense(place, "an answer to nothing that was asked"));
        else
            return (asked[number] = message) is not null;
        return false;
    }

    private void Answer(bool isEcho, JsonElement parameters, JsonElement id) => Send(to =>
    {
        to.WritePropertyName("result");
        if (isEcho)
            parameters.WriteTo(to);
        else
            to.WriteNullValue();
        to.WritePropertyName("error");
        if (isEcho)
            to.WriteNullValue();
        else
            to.WriteStringValue("unknown method");
        to.WritePropertyName("id");
        id.WriteTo(to);
    }, new(limits.Wait));

    private void Send(Action<Utf8JsonWriter> inner, Deadline deadline)
    {
        if (Broken is not null)
            return;
        var bytes = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(bytes))
        {
            to.WriteStartObject();
            inner(to);
            to.WriteEndObject();
        }
        var writing = stream.WriteAsync(bytes.WrittenMemory).AsTask();
        // Half a message is none: after it nothing can be said on this stream.
        if (Task.WaitAny([writing], deadline.Left) < 0)
            Break(new(FailureKind.TimedOut, place, "the server takes nothing any more", "it is busy, or stopped", "see what ovsdb-server does"));
        else if (!writing.IsCompletedSuccessfully)
            Break(Gone(writing.Exception));
    }

    private Failure Gone(Exception? why) =>
        new(FailureKind.Disconnected, place, $"the connection ended{(why?.InnerException is { } inner ? $": {inner.Message}" : "")}", "ovsdb-server stopped, or was restarted", "connect again, and see what is there");

    /// <summary>Ends it for good.</summary>
    internal void Break(Failure failure)
    {
        Broken ??= failure;
        stream.Dispose();
    }
}

/// <summary>An answer.</summary>
internal sealed class Reply(JsonElement message)
{
    public JsonElement Result => message.TryGetProperty("result", out var result) ? result : default;

    /// <summary>The error's word and what is said beside it; null where there is none.</summary>
    public (string Word, string Details)? Error => message.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null ? ErrorOf(error) : null;

    /// <summary>An error is an object, and of methods that are not there its word alone.</summary>
    public static (string Word, string Details) ErrorOf(JsonElement error) =>
        error.ValueKind == JsonValueKind.String ? (error.GetString()!, "")
        : error.ValueKind == JsonValueKind.Object ? (Text(error, "error") ?? "an error without a word", Text(error, "details") ?? "")
        : ("an error without a word", "");

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
