// Driver and PCI function of a link, read from trees like those that /sys of real machines showed: a PCI card, a virtual
// machine's NIC behind a virtio device, a USB stick behind a PCI controller, a link without hardware.

using Weft.Linux;

namespace Weft.Kernel.Tests;

public sealed class SysfsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("weft-sysfs-").FullName;

    [Theory]
    [InlineData("pci0000:3a/0000:3a:00.0/0000:3b:00.1", "pci", "ixgbe", "0000:3b:00.1")]
    [InlineData("pci0000:00/0000:00:1c.0/10000:e1:00.0", "pci", "igc", "10000:e1:00.0")]
    [InlineData("pci0000:00/0000:00:03.0/virtio0", "virtio", "virtio_net", "0000:00:03.0")]
    [InlineData("pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0", "usb", "r8152", null)]
    [InlineData("platform/soc/fd580000.ethernet", "platform", "bcmgenet", null)]
    public void A_links_driver_and_PCI_function_are_those_of_its_device(string device, string bus, string driver, string? pci)
    {
        var folder = $"devices/{device}/net/eth0";
        Directory.CreateDirectory(Of(folder));
        Directory.CreateDirectory(Of($"bus/{bus}/drivers/{driver}"));
        Directory.CreateDirectory(Of("class/net"));
        var depth = device.Split('/').Length;
        File.CreateSymbolicLink(Of("class/net/eth0"), $"../../{folder}");
        File.CreateSymbolicLink(Of($"{folder}/device"), $"../../../{device.Split('/')[^1]}");
        File.CreateSymbolicLink(Of($"devices/{device}/driver"), $"{string.Concat(Enumerable.Repeat("../", depth + 1))}bus/{bus}/drivers/{driver}");
        (Sysfs.Driver("eth0", root), Sysfs.Pci("eth0", root)).ShouldBe((driver, pci));
    }

    [Fact]
    public void A_link_without_hardware_has_neither()
    {
        Directory.CreateDirectory(Of("devices/virtual/net/br0"));
        Directory.CreateDirectory(Of("class/net"));
        File.CreateSymbolicLink(Of("class/net/br0"), "../../devices/virtual/net/br0");
        (Sysfs.Driver("br0", root), Sysfs.Pci("br0", root), Sysfs.Pci("never-there", root)).ShouldBe((null, null, null));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Of(string path) => Path.Combine(root, path);
}
