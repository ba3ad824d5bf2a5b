// Names and MACs of what a layout adds to its hosts. All are derived, none is drawn: a second layout of the same files is the same.
using System.Security.Cryptography;
using System.Text;

namespace Weft.Topology;

public static class Names
{
    private const int Longest = 15;

    /// <summary>
    /// The switch's end of a cable: HOST.NIC. The kernel takes 15 bytes, so the host's part is cut: two NICs of a host never get
    /// one name. Where two hosts would, a number takes the place of the host's last letters.
    /// </summary>
    public static string Port(string host, string nic, ISet<string> taken)
    {
        var room = Math.Max(Longest - nic.Length - 1, 0);
        string Cut(string suffix) => $"{host[..Math.Min(host.Length, Math.Max(room - suffix.Length, 0))]}{suffix}.{nic}";
        var name = Cut("");
        if (name.Length > Longest) name = nic;
        for (var number = 2; !taken.Add(name); number++) name = Cut($"{number}") is { Length: <= Longest } cut ? cut : $"port{number}";
        return name;
    }

    /// <summary>A name of at most 15 letters that the kernel takes for a device.</summary>
    public static string Device(string wanted, ISet<string> taken)
    {
        var plain = new string([.. wanted.Select(letter => IsPlain(letter) && letter != ':' ? letter : '-')]);
        var name = plain[..Math.Min(plain.Length, Longest)];
        for (var number = 2; name is "" or "." or ".." or "lo" || !taken.Add(name); number++)
            name = $"{plain[..Math.Min(plain.Length, Longest - 4)]}-{number}";
        return name;
    }

    /// <summary>A MAC of the given first bytes; the rest follows from what it is for.</summary>
    public static string Mac(string first, string purpose)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(purpose));
        return string.Join(':', first.Split(':').Concat(bytes.Select(part => $"{part:x2}")).Take(6));
    }

    /// <summary>The MAC of a switch's end of a cable.</summary>
    public static string PortMac(string port) => Mac("02", $"port {port}");

    /// <summary>Whether a namespace can have this name, and a line of `ip -batch` hold it.</summary>
    public static bool IsPlain(string name) => name.Length is > 0 and <= 200 && name is not ("." or "..") && name[0] != '-' && name.All(IsPlain);

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':' or '@' or '+' or '-';
}
