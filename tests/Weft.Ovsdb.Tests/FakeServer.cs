// A server that does as a test likes: each question it is asked goes to a function, which answers with bytes.

using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Weft.Ovsdb.Wire;

namespace Weft.Ovsdb.Tests;

internal sealed class FakeServer : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"weft-fake-{Guid.NewGuid():N}.sock");
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Thread thread;

    /// <param name="begin">What it says before it is asked anything.</param>
    /// <param name="answer">What it says to a question, of its method, its id and its params; null, and it hangs up.</param>
    /// <param name="piece">How many bytes it sends at once.</param>
    public FakeServer(string begin, Func<string, long, JsonElement, string?> answer, int piece = int.MaxValue)
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        thread = new Thread(() =>
        {
            try
            {
                using var socket = listener.Accept();
                Send(socket, begin, piece);
                Serve(socket, answer, piece);
            }
            catch (SocketException)
            {
                // Whoever asked has gone.
            }
        }) { IsBackground = true };
        thread.Start();
    }

    /// <summary>What a client said that was no question.</summary>
    public List<string> Heard { get; } = [];

    public Answer<Client> Connect(Limits? limits = null) => Client.Connect(Remote.Parse($"unix:{path}").Value!, null, limits ?? new() { Wait = TimeSpan.FromSeconds(5) });

    public static string Reply(long id, string result) => $"{{\"id\":{id},\"result\":{result},\"error\":null}}";

    public static string Error(long id, string error) => $"{{\"id\":{id},\"result\":null,\"error\":{error}}}";

    private void Serve(Socket socket, Func<string, long, JsonElement, string?> answer, int piece)
    {
        var (buffer, frames, whole) = (new byte[4096], new Frames(new()), new Queue<byte[]>());
        while (socket.Receive(buffer) is > 0 and var count)
        {
            frames.Take(buffer.AsSpan(0, count), whole);
            while (whole.TryDequeue(out var message))
            {
                var read = JsonElement.Parse(message);
                if (!read.TryGetProperty("method", out var method))
                    Heard.Add(Encoding.UTF8.GetString(message));
                else if (answer(method.GetString()!, read.GetProperty("id").GetInt64(), read.GetProperty("params")) is { } said)
                    Send(socket, said, piece);
                else
                    return;
            }
        }
    }

    /// <summary>Latin-1, so that a test can say any byte.</summary>
    private static void Send(Socket socket, string text, int piece)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var at = 0; at < bytes.Length; at += piece)
            socket.Send(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
    }

    public void Dispose()
    {
        listener.Dispose();
        thread.Join(TimeSpan.FromSeconds(5)).ShouldBeTrue();
        File.Delete(path);
    }
}
