// A host file with its switches and guests as a case that runs on the twin and on the kernel, among others in one lab. Names of hosts, switches and
// guests are made the case's own: they are names of network namespaces, and MACs follow from them.

using System.Net;
using System.Text.RegularExpressions;
using Weft.Lab.Staging;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;
using Weft.Topology;

namespace Weft.Kernel.Tests.Frames;

/// <summary>What breaks in a case.</summary>
/// <param name="Word">As `weft simulate` is told it, without the moment: eth0, eth0:lacp, eth0:vlan=80; several with a space between.</param>
/// <param name="At">Seconds after everybody began to speak.</param>
/// <param name="Repair">Seconds after which it works again; null: never.</param>
internal sealed record Break(string Word, double At, double? Repair)
{
    /// <summary>Whether a cable loses LACPDUs and nothing else.</summary>
    public bool IsLacp => Word.EndsWith(":lacp", StringComparison.Ordinal);

    /// <summary>How many seconds one looks on after the last thing that happened, where that is told.</summary>
    public double? Window { get; init; }

    /// <summary>How many seconds one looks on after the last thing that happened: a partner that went silent is missed after three.</summary>
    public double Afterwards => Window ?? (IsLacp ? 7 : 4);

    /// <summary>Whether that is so long that nobody else waits for it.</summary>
    public bool IsSlow => Afterwards > 20;

    /// <summary>Seconds from echo to echo: of a long time it is told less closely.</summary>
    public double Pace => IsSlow ? 0.2 : Asking.Pace;
}

internal sealed partial class FrameCase
{
    private readonly HashSet<string> macs;

    public FrameCase(string name, int number, string text, Break? broken)
    {
        (Name, Number, Broken) = (name, number, broken);
        var host = Read(text);
        if (!host.Cables.Any())
            host = Read(text += Assumed(host));
        var names = host.Switches.Select(box => box.Name.Value).Concat(host.Guests.Select(guest => guest.Name.Value)).Concat(host.Switches.Select(box => box.Mlag?.Value).OfType<string>()).Append(host.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (broken is not null && broken.Word.Split('/').All(names.Contains))
            Broken = broken with { Word = string.Join('/', broken.Word.Split('/').Select(name => $"{name}-{number}")) };
        foreach (var one in names)
            text = Regex.Replace(text, $@"(?<![\w.-]){Regex.Escape(one)}(?![\w-]|\.[\w])", $"{one}-{number}", RegexOptions.None, TimeSpan.FromSeconds(1));
        Host = new(Read(text).Name ?? $"host-{number}", $"/{name}-{number}.yaml", Read(text));
        Layout = Layouts.Of([Host]);
        (Questions, Chances) = (new(Host, Layout), new(Host.Host, Layout, Broken));
        macs = [.. Mac().Matches(text).Select(mac => mac.Value), .. Layout.Cords.SelectMany(cord => new[] { cord.Mac, Names.Mac("02", $"port {cord.Port}") }), .. Layout.Guests.Select(cord => cord.Mac), .. Layout.Boxes.Select(box => Names.Mac("02", $"{box.Name} {SwitchFile.Bridge}"))];
    }

    public string Name { get; }
    public int Number { get; }
    public NamedHost Host { get; }
    public Break? Broken { get; }
    public Layout Layout { get; }
    public Questions Questions { get; private init; }
    public Chances Chances { get; }

    /// <summary>Whether a MAC is the case's own, and none that a kernel or the twin made up.</summary>
    public bool Owns(string mac) => macs.Contains(mac);

    public bool HasTree => Host.Host.Of(LinkKind.Bridge).Any(bridge => bridge.Settings.Flag(BridgeLines.Stp) == true);

    // The switch that is assumed where a file says none would be one for all cases of a lab: said outright it is the case's own.
    private static string Assumed(Host host)
    {
        var layout = Layouts.Of([new("host", "/host.yaml", host)]);
        var cables = layout.Cords.Select(cord => $"  {cord.Label}: {{switch: sw, vlans: [{string.Join(", ", cord.Tagged)}], native: {cord.Native}{(cord.Group is null ? "" : $", group: \"{cord.Group.Split('@')[0]}\", lacp: {cord.Lacp}")}}}\n");
        var addresses = layout.Boxes.SelectMany(box => box.Addresses).Select(own => $"{own.Key}: [{string.Join(", ", own.Value.Select(address => $"\"{address}\""))}]");
        return $"\ncabling:\n{string.Concat(cables)}switches:\n  sw: {{addresses: {{{string.Join(", ", addresses)}}}}}\n";
    }

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        return reading.Host!;
    }

    /// <summary>The one question that is asked in the place of everybody's: who asks whom at which address, by their names in the file.</summary>
    public (string From, string To, IPAddress Address)? Only { init => Questions = value is var (from, to, address) ? new(new Question($"{from}-{Number}", $"{to}-{Number}", address), Layout) : Questions; }

    /// <summary>The questions that are asked in the place of everybody's, by this case's names.</summary>
    public IReadOnlyList<Question>? Given { init => Questions = value is null ? Questions : new(value, Layout); }

    /// <summary>What a machine of another copy of the same file is called in this one.</summary>
    public string Called(FrameCase other, string machine) => Machines[other.Machines.IndexOf(machine)];

    private List<string> Machines => [Host.Name, .. Layout.GuestNames, .. Layout.Boxes.SelectMany(box => box.Members)];

    public override string ToString() => Name;

    [GeneratedRegex("([0-9a-f]{2}:){5}[0-9a-f]{2}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mac();
}
