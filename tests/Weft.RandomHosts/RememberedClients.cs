// Clients of links for tests that have no processes: what was started with what, on which link.

using Weft.Apply;
using Weft.Clients;
using Weft.Model;

namespace Weft.RandomHosts;

/// <summary>Clients that are started and stopped on paper.</summary>
public sealed class RememberedClients(IKernel kernel) : IClients
{
    public Dictionary<string, Client> Started { get; init; } = new(StringComparer.Ordinal);

    public string? Missing { get; set; }

    public IReadOnlyList<Client> All() => [.. Started.Values];

    public Refusal? Start(string link, Settings wish)
    {
        if (kernel.Observe().Host.Find(link)?.State is not { } state)
            return new("ENODEV", $"there is no link {link}");
        Started[link] = new(link, state.Index, wish, Lives: true);
        return null;
    }

    public Refusal? Stop(string link)
    {
        Started.Remove(link);
        return null;
    }

    public void Die(string link) => Started[link] = Started[link] with { Lives = false };

    public string Wish(string link) => string.Join(", ", Started[link].Wish.Select(pair => $"{pair.Key} {pair.Value.Value}"));

    public string Words() => string.Join("; ", Started.Keys.Order(StringComparer.Ordinal).Select(link => $"{link} {Wish(link)}"));
}
