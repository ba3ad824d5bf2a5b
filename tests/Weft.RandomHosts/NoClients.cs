// A host on which no client runs, and none can be started.

using Weft.Apply;
using Weft.Clients;
using Weft.Model;

namespace Weft.RandomHosts;

public sealed class NoClients : IClients
{
    public string? Missing => null;

    public IReadOnlyList<Client> All() => [];

    public Refusal? Start(string link, Settings wish) => new("EOPNOTSUPP", link);

    public Refusal? Stop(string link) => null;
}
