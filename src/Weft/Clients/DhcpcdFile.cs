// What is wanted of a client as the file of options that dhcpcd reads (dhcpcd.conf(5), 9.4), and back. Its first line says for
// which link it was written, with all that a host file said: that is read back, and the options below it never are.

using System.Globalization;
using System.Text;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Clients;

/// <summary>Writes and reads options of dhcpcd.</summary>
public static class DhcpcdFile
{
    private const string Heading = "# weft";

    /// <summary>
    /// What every client does. `nolink`: an address is kept while its link has no carrier, as an address of a host file is; a bond that fails
    /// over or changes its mode would else lose it for the seconds that asking anew takes. `clientid`: an IPv4 server knows the host by
    /// its MAC, as it did when the host was installed. The host's name and the time are left alone, and dhcpcd's own way to /etc/resolv.conf.
    /// </summary>
    private static readonly string[] Always =
    [
        "clientid", "vendorclassid", "noipv4ll", "nolink", "timeout 0", "slaac hwaddr", "require dhcp_server_identifier",
        "option classless_static_routes, domain_name_servers, domain_name, domain_search", "option dhcp6_name_servers, dhcp6_domain_search",
    ];

    /// <summary>Options that a setting asks for, above those of the interface.</summary>
    private static readonly (Func<Settings, bool> Holds, string Option)[] Options =
    [
        (wish => wish.Flag(ClientLines.Dhcp4) != true, "noipv4"),
        (wish => !ClientLines.Speaks6(wish), "noipv6"),
        (wish => wish.Flag(ClientLines.Ra) != true, "noipv6rs"),
        (wish => wish.Flag(ClientLines.Dhcp6) != true, "nodhcp6"),
        (wish => wish.Flag(ClientLines.Routes) == false, "nogateway"),
    ];

    /// <param name="hook">The program that is told what it gets, and the word of its environment that says so; null for none.</param>
    public static string Of(string link, int index, Settings wish, (string Program, string Word)? hook = null)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Heading} {index}{string.Concat(wish.Select(pair => $" {pair.Key}={pair.Value.Value}"))}\n");
        text.Append("# Written when the client of this link is started; a change to it is lost.\n");
        foreach (var option in Always.Concat(Options.Where(option => option.Holds(wish)).Select(option => option.Option)))
            text.Append(CultureInfo.InvariantCulture, $"{option}\n");
        var told = wish.Flag(ClientLines.UseDns) == false ? null : hook;
        text.Append(CultureInfo.InvariantCulture, $"script {told?.Program ?? "/bin/true"}\n{(told is null ? "" : $"env {told.Value.Word}\n")}");
        if (wish.Number(ClientLines.Metric) is { } metric)
            text.Append(CultureInfo.InvariantCulture, $"metric {metric}\n");
        if (wish.Flag(ClientLines.Dhcp6) == true)
            text.Append(CultureInfo.InvariantCulture, $"interface {link}\n  ia_na\n"); // Asked for whatever an advertisement says of managed addresses.
        return text.ToString();
    }

    /// <summary>The client that such a file is of; null where it is none of ours.</summary>
    public static (int Index, Settings Wish)? Read(string text)
    {
        var words = text.Split('\n')[0].Split(' ');
        if (words.Length < 3 || $"{words[0]} {words[1]}" != Heading || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var wish = new List<KeyValuePair<Attribute, At<Value>>>();
        foreach (var said in words[3..].Select(word => word.Split('=')))
            if (said.Length == 2 && ClientLines.All.FirstOrDefault(line => line.Name == said[0]) is { Shape: Model.Shapes.Scalar shape } line && shape.Parse(said[1]).Value is { } value)
                wish.Add(KeyValuePair.Create(line, At.Nowhere(value)));
            else
                return null;
        return (index, Settings.Of(wish));
    }
}
