// A host file in the making: what the generator adds, the mutator changes and the shrinker takes away. It is only text with
// names; whether it is a valid host is for the reader and the rules to say.

using System.Text;

namespace Weft.RandomHosts;

/// <summary>A link's entry.</summary>
public sealed class LinkSketch(string section, string name)
{
    /// <summary>nics, bonds, vlans, …</summary>
    public string Section { get; } = section;

    public string Name { get; set; } = name;

    /// <summary>Keys and values as they are written.</summary>
    public SortedDictionary<string, string> Keys { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Ports and their options.</summary>
    public List<(string Name, SortedDictionary<string, string> Keys)> Ports { get; init; } = [];

    public List<string> Addresses { get; init; } = [];

    /// <summary>The other keys of an address's entry, where it has some.</summary>
    public Dictionary<string, string> Lifetimes { get; init; } = new(StringComparer.Ordinal);

    public List<string> Gateways { get; init; } = [];

    public bool HasPorts => SpeaksForPorts || Section == "vrfs";
    public bool SpeaksForPorts => Section is "bonds" or "bridges";
    public string? Lower => Section is "vlans" or "macvlans" or "vxlans" ? Keys.GetValueOrDefault("link") : null;

    public LinkSketch Copy() => new(Section, Name)
    {
        Keys = new(Keys, StringComparer.Ordinal),
        Ports = [.. Ports.Select(port => (port.Name, new SortedDictionary<string, string>(port.Keys, StringComparer.Ordinal)))],
        Addresses = [.. Addresses],
        Lifetimes = new(Lifetimes, StringComparer.Ordinal),
        Gateways = [.. Gateways],
    };

    public override string ToString()
    {
        var keys = Keys.Select(pair => $"{pair.Key}: {pair.Value}").ToList();
        if (Ports.Count > 0)
            keys.Add(Ports.TrueForAll(port => port.Keys.Count == 0)
                ? $"ports: [{string.Join(", ", Ports.Select(port => port.Name))}]"
                : $"ports: {{{string.Join(", ", Ports.Select(port => $"{port.Name}: {{{string.Join(", ", port.Keys.Select(pair => $"{pair.Key}: {pair.Value}"))}}}"))}}}");
        if (Addresses.Count > 0)
            keys.Add($"addresses: [{string.Join(", ", Addresses.Select(address => Lifetimes.TryGetValue(address, out var more) ? $"{{address: \"{address}\", {more}}}" : $"\"{address}\""))}]");
        if (Gateways.Count > 0)
            keys.Add($"gateway: [{string.Join(", ", Gateways.Select(gateway => $"\"{gateway}\""))}]");
        return $"{Name}: {{{string.Join(", ", keys)}}}";
    }
}

/// <summary>A host file.</summary>
public sealed class Sketch
{
    private static readonly string[] Sections = ["nics", "dummies", "veths", "bonds", "vlans", "macvlans", "vxlans", "bridges", "vrfs"];

    public List<LinkSketch> Links { get; init; } = [];

    /// <summary>Entries of `routes`, `rules`, `networks` and `absent`, each a line of flow YAML.</summary>
    public List<string> Routes { get; init; } = [];

    public List<string> Rules { get; init; } = [];
    public List<string> Networks { get; init; } = [];
    public List<string> Absent { get; init; } = [];

    /// <summary>Lines of `sysctls`, and whether a profile says the rest.</summary>
    public List<string> Sysctls { get; init; } = [];

    public bool IsTuned { get; set; }

    /// <summary>How many things it declares.</summary>
    public int Size => Links.Count + Routes.Count + Rules.Count + Networks.Count;

    public LinkSketch? Find(string name) => Links.Find(link => link.Name == name);

    /// <summary>The bond, bridge or VRF that lists a link.</summary>
    public LinkSketch? MasterOf(string name) => Links.Find(link => link.Ports.Exists(port => port.Name == name));

    /// <summary>The VRF that lists a link.</summary>
    public LinkSketch? VrfOf(string name) => Links.Find(link => link.Section == "vrfs" && link.Ports.Exists(port => port.Name == name));

    public IEnumerable<LinkSketch> TagsOf(string name) => Links.Where(link => link.Lower == name);

    /// <summary>Takes a link away, and every mention of it: VLANs on it, its place as a port, routes and rules over it.</summary>
    public void Remove(string name)
    {
        if (Find(name) is null)
            return;
        var tags = TagsOf(name).Select(tag => tag.Name).Concat(Links.Where(link => link.Keys.GetValueOrDefault("peer") == name).Select(link => link.Name)).ToList();
        Links.RemoveAll(link => link.Name == name); // First: an edit may have made a circle.
        foreach (var tag in tags)
            Remove(tag);
        foreach (var master in Links)
        {
            master.Ports.RemoveAll(port => port.Name == name);
            if (master.Keys.GetValueOrDefault("primary") == name)
                master.Keys.Remove("primary");
        }
        Routes.RemoveAll(route => route.Contains($"link: {name}}}", StringComparison.Ordinal) || route.Contains($"link: {name},", StringComparison.Ordinal));
        Networks.RemoveAll(network => network.Contains($"link: {name},", StringComparison.Ordinal));
    }

    public Sketch Copy() => new()
    {
        Links = [.. Links.Select(link => link.Copy())],
        Routes = [.. Routes],
        Rules = [.. Rules],
        Networks = [.. Networks],
        Absent = [.. Absent],
        Sysctls = [.. Sysctls],
        IsTuned = IsTuned,
    };

    public override string ToString()
    {
        var text = new StringBuilder("version: 1\n").Append(IsTuned ? "tuning: 10g\n" : "");
        foreach (var section in Sections.Where(section => Links.Exists(link => link.Section == section)))
        {
            text.Append(section).Append(":\n");
            foreach (var link in Links.Where(link => link.Section == section))
                text.Append("  ").Append(link).Append('\n');
        }
        foreach (var (name, entries, item) in new[] { ("routes", Routes, "- "), ("rules", Rules, "- "), ("networks", Networks, ""), ("sysctls", Sysctls, "") })
            if (entries.Count > 0)
                text.Append(name).Append(":\n").AppendJoin("", entries.Select(entry => $"  {item}{entry}\n"));
        if (Absent.Count > 0)
            text.Append("absent: [").AppendJoin(", ", Absent).Append("]\n");
        return text.ToString();
    }
}
