// The programs that lease addresses for links, as a port of the hall: one process a link, apart from the one that starts it. The
// real ones are dhcpcd's.

using Weft.Apply;
using Weft.Model;

namespace Weft.Clients;

/// <summary>The client of a link, as it was started.</summary>
/// <param name="Link">The link's name.</param>
/// <param name="Index">The link's index then: one of that name that somebody made since has no client.</param>
/// <param name="Wish">What it was started with.</param>
/// <param name="Lives">Whether its process is there.</param>
public sealed record Client(string Link, int Index, Settings Wish, bool Lives);

/// <summary>Starts and ends clients.</summary>
public interface IClients
{
    /// <summary>Why none can be started on this machine; null where one can.</summary>
    string? Missing { get; }

    /// <summary>Every client that was started and not stopped since, also one that ended by itself.</summary>
    IReadOnlyList<Client> All();

    /// <summary>Starts a client, after the one that the link may have was stopped. What it is to do is written down before it runs.</summary>
    Refusal? Start(string link, Settings wish);

    /// <summary>
    /// Ends a client with everything that it had on its link. Whoever ends by himself leaves addresses and routes: then those are still there.
    /// </summary>
    Refusal? Stop(string link);
}
