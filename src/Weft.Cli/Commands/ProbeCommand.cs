// weft probe mtu HOST: the largest packet that reaches a host in one piece.

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Weft.Linux.Probing;
using Weft.Model.Attributes;
using Weft.Reach.PathMtu;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ProbeCommand
{
    /// <summary>The longest IP packet (RFC 791, section 3.1), where the link that leads there is not known.</summary>
    private const int Longest = 65535;

    public static Command Make(Global global)
    {
        var command = new Command("probe", "Ask the network something, changing nothing") { Mtu(global) };
        return command;
    }

    private static Command Mtu(Global global)
    {
        var host = new Argument<string>("HOST") { Description = "Its address or name" };
        var six = new Option<bool>("-6") { Description = "Of a name take an IPv6 address" };
        var command = new Command("mtu", "Measure the largest packet that reaches a host in one piece, with echoes that nobody may fragment") { host, six };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetValue(host)!, words.GetValue(six))));
        return command;
    }

    private static int Run(Voice voice, string host, bool six)
    {
        var (address, wrong) = AddressOf(host, six);
        if (address is null)
            return Voice.Usage($"{Quote.Of(host)} is no address, and no name that this host knows{(wrong is null ? "" : $": {wrong}")}");
        using var kernel = Machine.Kernel();
        var source = LinuxPathProber.SourceOf(address);
        var link = source is null ? null : kernel.Observe().Host.Links.FirstOrDefault(link => link.Addresses.Select(own => own.Value).Concat(link.State?.Leased ?? []).Any(own => own.Address.Equals(source)));
        var most = (int)Math.Min(link?.Settings.Number(Table.Mtu) ?? Longest, Longest);
        using var prober = new LinuxPathProber(address);
        var found = voice.Working($"measuring the way to {address}", () => new PathSearch(prober, address.AddressFamily == AddressFamily.InterNetworkV6).Find(most));
        var path = new MeasuredPath(address, link?.Name.Value, most, found);
        if (voice.Json)
            Voice.Document(to => PathText.WriteJson(to, path));
        else
        {
            voice.Tell(path.Findings);
            voice.Say([.. PathText.Of(path)]);
        }
        return Exit.Of(path.Findings);
    }

    private static (IPAddress? Address, string? Wrong) AddressOf(string host, bool six)
    {
        if (IPAddress.TryParse(host, out var said))
            return (said.IsIPv4MappedToIPv6 ? said.MapToIPv4() : said, null);
        try
        {
            return (Dns.GetHostAddresses(host, six ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork).FirstOrDefault(), null);
        }
        catch (SocketException e)
        {
            return (null, e.Message);
        }
        catch (ArgumentException)
        {
            return (null, null);
        }
    }
}
