// Whoever listens on a socket may be anybody. Nothing that comes from there throws, grows without bound or is waited for longer than told: each is a failure that
// says what came.

using System.Diagnostics;
using System.Text;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Replicas;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;
using Weft.Ovsdb.Wire;

namespace Weft.Ovsdb.Tests;

public sealed class HostileTests
{
    private static readonly Limits Small = new() { Wait = TimeSpan.FromMilliseconds(400), LongestMessage = 10_000, DeepestMessage = 20 };

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "begins with 0x48")]
    [InlineData("[]", "begins with 0x5b")]
    [InlineData("{]", "no JSON")]
    [InlineData("{\"id\":1,\"id\":1,\"result\":[]}", "no JSON")]
    [InlineData("{\"id\":1,\"result\":[\"\xff\"]}", "no UTF-8")]
    [InlineData("{\"id\":1,\"result\":[\"\\ud800\"]}", "half a character")]
    [InlineData("{\"id\":1,\"result\":{\"\\ud800\":1}}", "half a character")]
    [InlineData("{\"id\":99,\"result\":[]}", "nothing that was asked")]
    [InlineData("{\"id\":1.5,\"result\":[]}", "nothing that was asked")]
    [InlineData("{\"result\":[]}", "nothing that was asked")]
    [InlineData("{}", "nothing that was asked")]
    [InlineData("{\"method\":7,\"params\":[],\"id\":null}", "without method")]
    [InlineData("{\"method\":\"update\",\"params\":{},\"id\":null}", "without method")]
    public void Nonsense_is_told_as_that(string said, string what)
    {
        using var server = new FakeServer("", (_, _, _) => said);
        using var client = server.Connect(Small).Value!;
        var failure = client.Databases().Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Nonsense);
        failure.What.ShouldContain(what);
        client.Broken.ShouldBe(failure);
        client.Databases().Failure.ShouldBe(failure, "it stays broken");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[null,null]")]
    [InlineData("[{\"error\":7}]")]
    [InlineData("[{\"uuid\":[\"uuid\",\"x\"]}]")]
    [InlineData("[false,\"x\"]")]
    [InlineData("[false,\"x\",{\"Thing\":[]}]")]
    [InlineData("{\"Thing\":{\"x\":{}}}")]
    [InlineData("{\"Thing\":{\"36bef046-7da7-43a5-905a-c17899216fcb\":{\"modify\":{}}}}")]
    public void Answers_of_another_shape_are_failures(string result)
    {
        foreach (var ask in new Func<Client, Failure?>[]
        {
            client => client.Echo(),
            client => client.Schema("x").Failure,
            client => client.Transact(new Transaction(Simple).Do(new Operation.Insert("Thing", new Row()))).Failure,
            client => client.Follow(Simple, ("Thing", ["name"])).Failure,
        })
        {
            using var server = new FakeServer("", (_, id, _) => FakeServer.Reply(id, result));
            using var client = server.Connect(Small).Value!;
            ask(client).ShouldNotBeNull().What.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public void What_never_ends_is_waited_for_no_longer_than_told()
    {
        foreach (var (answer, kind) in new (Func<string, long, System.Text.Json.JsonElement, string?>, FailureKind)[]
        {
            ((_, _, _) => "", FailureKind.TimedOut),
            ((_, _, _) => "{\"id\":1,\"result\":[", FailureKind.TimedOut),
            ((_, _, _) => null, FailureKind.Disconnected),
            ((_, _, _) => "{\"id\":1,\"result\":[\"" + new string('x', 20_000), FailureKind.Nonsense),
            ((_, _, _) => "{\"id\":1,\"result\":" + new string('[', 50), FailureKind.Nonsense),
        })
        {
            using var server = new FakeServer("", answer);
            using var client = server.Connect(Small).Value!;
            var began = Stopwatch.StartNew();
            client.Databases().Failure.ShouldNotBeNull().Kind.ShouldBe(kind);
            began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public void A_flood_of_what_nobody_asked_for_is_no_answer()
    {
        var flood = string.Concat(Enumerable.Repeat("{\"method\":\"update\",\"params\":[\"another\",{}],\"id\":null}", 50_000));
        using var server = new FakeServer("", (_, _, _) => flood);
        using var client = server.Connect(Small).Value!;
        client.Databases().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.TimedOut);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Messages_may_be_cut_anywhere_and_come_together(int piece)
    {
        using var server = new FakeServer("{\"method\":\"echo\",\"params\":[\"Ã¼\\\"}\"],\"id\":\"e\"} \n{\"method\":\"steal\",\"params\":[],\"id\":7}", (_, id, _) =>
            FakeServer.Reply(id, "[\"a{\\\"]\",\"\\\\\"]"), piece);
        using var client = server.Connect().Value!;
        client.Databases().Value.ShouldBe(["a{\"]", "\\"]);
        client.Databases().Value.ShouldNotBeNull();
        server.Heard.ShouldBe(["{\"result\":[\"\\u00FC\\u0022}\"],\"error\":null,\"id\":\"e\"}", "{\"result\":null,\"error\":\"unknown method\",\"id\":7}"]);
    }

    [Fact]
    public void An_older_server_is_followed_in_the_way_that_it_has()
    {
        foreach (var (has, row) in new[] { ("monitor_cond", "{\"initial\":{\"name\":\"a\"}}"), ("monitor", "{\"new\":{\"name\":\"a\"}}") })
        {
            var asked = new List<string>();
            // The update comes in one piece with the answer that it changes.
            using var server = new FakeServer("", (method, id, _) =>
            {
                asked.Add(method);
                return method != has ? FakeServer.Error(id, "\"unknown method\"")
                    : FakeServer.Reply(id, $"{{\"Thing\":{{\"36bef046-7da7-43a5-905a-c17899216fcb\":{row}}}}}") + (has == "monitor" ? "{\"method\":\"update\",\"params\":[\"weft1\",{\"Thing\":{\"36bef046-7da7-43a5-905a-c17899216fcb\":{\"old\":{},\"new\":{\"name\":\"b\"}}}}],\"id\":null}"
                        : "{\"method\":\"update2\",\"params\":[\"weft1\",{\"Thing\":{\"36bef046-7da7-43a5-905a-c17899216fcb\":{\"modify\":{\"name\":\"b\"}}}}],\"id\":null}");
            });
            using var client = server.Connect().Value!;
            var replica = client.Follow(Simple, ("Thing", ["name"])).Value.ShouldNotBeNull();
            replica.Method.ShouldBe(has);
            asked[0].ShouldBe("monitor_cond_since");
            client.Await(() => replica["Thing"].Values.Single()["name"]!.Text == "b", TimeSpan.FromSeconds(5), "the update").ShouldBeNull();
        }
    }

    [Fact]
    public void Updates_that_make_no_sense_end_the_connection_and_change_nothing()
    {
        using var server = new FakeServer("", (_, id, _) => FakeServer.Reply(id, "[false,\"x\",{}]") +
            "{\"method\":\"update3\",\"params\":[\"weft1\",\"y\",{\"Thing\":{\"36bef046-7da7-43a5-905a-c17899216fcb\":{\"insert\":{}},\"36bef046-7da7-43a5-905a-c17899216fcc\":{\"delete\":null}}}],\"id\":null}");
        using var client = server.Connect().Value!;
        var replica = client.Follow(Simple, ("Thing", ["name"])).Value!;
        client.Await(() => replica["Thing"].Count > 0, TimeSpan.FromSeconds(5), "a row").ShouldNotBeNull().Kind.ShouldBe(FailureKind.Nonsense);
        replica["Thing"].ShouldBeEmpty();
        replica.Transaction.ShouldBe("x");
    }

    /// <summary>A third of all mutations of what a server could say are still JSON; none throws, and what is read is read the same again.</summary>
    [Fact]
    public void Nothing_that_is_read_throws()
    {
        var schema = File.ReadAllBytes(OvsdbServer.VswitchSchema);
        var real = SchemaReading.Read(Json.Read(schema, new() { DeepestMessage = 64 }, out _)!.Value).Value.ShouldNotBeNull();
        var updates = "{\"Port\":{\"36bef046-7da7-43a5-905a-c17899216fcb\":{\"modify\":{\"tag\":[\"set\",[]],\"trunks\":[\"set\",[1,2]],\"external_ids\":[\"map\",[[\"a\",\"b\"]]],\"interfaces\":[\"uuid\",\"36bef046-7da7-43a5-905a-c17899216fcb\"],\"protected\":true}}}}"u8.ToArray();
        var first = Json.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(updates).Replace("modify", "insert", StringComparison.Ordinal)), new(), out _)!.Value;
        var random = Chance.Of(11);
        var read = 0;
        for (var round = 0; round < Chance.Rounds(30_000); round++)
        {
            var isSchema = round % 50 == 0;
            var bytes = Mutated(isSchema ? schema : updates, random);
            var (frames, whole) = (new Frames(Small), new Queue<byte[]>());
            _ = frames.Take(bytes, whole);
            if (Json.Read(bytes, new(), out var wrong) is not { } message)
            {
                wrong.ShouldNotBeEmpty();
                continue;
            }
            read++;
            _ = SchemaReading.Read(message);
            foreach (var isSecond in new[] { true, false })
            {
                var replica = new Replica(real, [("Port", real.Find("Port")!.Columns.Keys)]);
                replica.Apply(first, isSecond: true).ShouldBeNull();
                _ = replica.Apply(message, isSecond);
            }
            _ = Outcome.Read(message, new Transaction(real), "fuzz");
        }
        read.ShouldBeGreaterThan(1000);
    }

    private static byte[] Mutated(byte[] from, Random random)
    {
        var bytes = from.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            var (start, length) = (random.Next(bytes.Count), random.Next(1, 12));
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(length, bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, [.. bytes.Skip(start).Take(length)]);
                    break;
                default:
                    bytes[at] = "{}[]\",:0-9.eE\\ntfu"u8[random.Next(18)];
                    break;
            }
            if (bytes.Count == 0)
                bytes.Add((byte)'{');
        }
        return [.. bytes];
    }

    private static Schema Simple => SchemaReading.Read(Json.Read("{\"name\":\"Simple\",\"tables\":{\"Thing\":{\"columns\":{\"name\":{\"type\":\"string\"}}}}}"u8.ToArray(), new(), out _)!.Value).Value!;
}
