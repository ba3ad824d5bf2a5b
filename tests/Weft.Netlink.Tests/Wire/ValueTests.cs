// Addresses by value: text to bytes and back, and what is no address.
using System.Net;

namespace Weft.Netlink.Tests;

public class ValueTests
{
    [Theory]
    [InlineData("52:54:00:12:34:56", 6)]
    [InlineData("ff", 1)]
    [InlineData("80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03:00:01:02:03", 20)]
    public void A_link_layer_address_reads_and_prints_the_same(string text, int length)
    {
        var address = HardwareAddress.Parse(text);
        address.Length.ShouldBe(length);
        address.ToString().ShouldBe(text);
        address.ShouldBe(new HardwareAddress(address.Span));
        address.GetHashCode().ShouldBe(new HardwareAddress(address.Span).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("52:54:00:12:34:5")]
    [InlineData("52:54:00:12:34:5g")]
    [InlineData("52-54-00-12-34-56")]
    [InlineData(" 2:54:00:12:34:56")]
    [InlineData("52:54:00:12:34:56:")]
    [InlineData(null)]
    public void Other_text_is_no_link_layer_address(string? text) => HardwareAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Addresses_of_different_length_differ() => new HardwareAddress([0, 0]).ShouldNotBe(new HardwareAddress([0, 0, 0]));

    [Theory]
    [InlineData("10.0.0.1", 4)]
    [InlineData("0.0.0.0", 4)]
    [InlineData("2001:db8::1", 16)]
    [InlineData("::", 16)]
    [InlineData("::ffff:10.0.0.1", 16)]
    public void An_ip_address_keeps_its_family(string text, int length)
    {
        var address = InetAddress.Parse(text);
        address.Length.ShouldBe(length);
        address.ToString().ShouldBe(text);
        address.ToIPAddress().ShouldBe(IPAddress.Parse(text));
        Span<byte> bytes = stackalloc byte[length];
        address.CopyTo(bytes);
        new InetAddress(bytes).ShouldBe(address);
    }

    [Theory]
    [InlineData("10.1")]
    [InlineData("1")]
    [InlineData("10.0.0.256")]
    [InlineData("host")]
    [InlineData("")]
    public void Other_text_is_no_ip_address(string text) => InetAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void No_address_differs_from_the_address_of_zeros() => default(InetAddress).ShouldNotBe(InetAddress.Parse("0.0.0.0"));
}
