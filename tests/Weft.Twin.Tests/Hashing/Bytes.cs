// Frames as tests write them: headers one after the other, as hex or made of what matters in them.

using System.Net;

namespace Weft.Twin.Tests.Hashing;

internal static class Bytes
{
    public const string Source = "52:54:00:12:34:56", Destination = "52:54:00:ab:cd:ef";

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal));

    public static byte[] Frame(int etherType, params byte[][] parts) => FrameTo(Destination, etherType, parts);

    public static byte[] FrameTo(string destination, int etherType, params byte[][] parts) => [.. Hex(destination), .. Hex(Source), .. Two(etherType), .. parts.SelectMany(part => part)];

    /// <summary>An IPv4 header without options.</summary>
    public static byte[] Ip4(int protocol, string source = "10.0.0.10", string destination = "10.0.0.20", int fragment = 0, int words = 5) =>
        [(byte)(0x40 | words), 0, 0, 60, 0, 1, .. Two(fragment), 64, (byte)protocol, 0, 0, .. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes(), .. new byte[Math.Max(words - 5, 0) * 4]];

    public static byte[] Ip6(int next, string source = "2001:db8::10", string destination = "2001:db8::20") =>
        [0x60, 0, 0, 0, 0, 60, (byte)next, 64, .. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes()];

    /// <summary>Ports, and what else a header of eight bytes has.</summary>
    public static byte[] Ports(int source, int destination) => [.. Two(source), .. Two(destination), 0, 8, 0, 0];

    public static byte[] Icmp(int type, int code, int id) => [(byte)type, (byte)code, 0, 0, .. Two(id), 0, 1];

    public static byte[] Tag(int id, int etherType) => [.. Two(id), .. Two(etherType)];

    public static byte[] Two(int number) => [(byte)(number >> 8), (byte)number];
}
