// PCIe links read from trees like those that /sys of real machines showed: a card on a root port, two cards behind a switch in a narrow
// slot, a virtual function, what a virtual machine makes up, and a machine that tells nothing.

using Weft.Linux;

namespace Weft.Kernel.Tests;

public sealed class PcieLinksTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("weft-pcie-").FullName;

    [Fact]
    public void Both_functions_of_a_card_are_on_its_one_link_below_the_root_port()
    {
        Function("pci0000:3a/0000:3a:00.0", "8.0 GT/s PCIe", "8");
        Function("pci0000:3a/0000:3a:00.0/0000:3b:00.0", "8.0 GT/s PCIe", "8");
        Function("pci0000:3a/0000:3a:00.0/0000:3b:00.1", "8.0 GT/s PCIe", "8");
        Of("0000:3b:00.0").ShouldBe("0000:3b:00 gen 3 x8 63008, 0000:3a:00.0 gen 3 x8 63008");
        Of("0000:3b:00.1").ShouldBe(Of("0000:3b:00.0"));
    }

    [Fact]
    public void Everything_up_to_the_root_port_is_on_the_way()
    {
        Function("pci0000:00/0000:00:01.0", "5 GT/s", "4");
        Function("pci0000:00/0000:00:01.0/0000:01:00.0", "5.0 GT/s PCIe", "4");
        Function("pci0000:00/0000:00:01.0/0000:01:00.0/0000:02:08.0", "16.0 GT/s PCIe", "16");
        Function("pci0000:00/0000:00:01.0/0000:01:00.0/0000:02:08.0/0000:03:00.0", "16.0 GT/s PCIe", "16");
        Of("0000:03:00.0").ShouldBe("0000:03:00 gen 4 x16 252048, 0000:02:08.0 gen 4 x16 252048, 0000:01:00.0 gen 2 x4 16000, 0000:00:01.0 gen 2 x4 16000");
    }

    [Fact]
    public void A_virtual_function_that_knows_nothing_of_its_link_has_that_of_its_root_port()
    {
        Function("pci0000:3a/0000:3a:00.0", "32.0 GT/s PCIe", "16");
        Function("pci0000:3a/0000:3a:00.0/0000:3b:02.1", "Unknown", "0");
        Of("0000:3b:02.1").ShouldBe("0000:3a:00.0 gen 5 x16 504112");
    }

    [Fact]
    public void What_a_virtual_machine_makes_up_holds_nothing_back()
    {
        Function("pci0000:00/0000:00:02.0", "16.0 GT/s PCIe", "1", vendor: "0x1b36");
        Function("pci0000:00/0000:00:02.0/0000:01:00.0", "2.5 GT/s PCIe", "1", vendor: "0x1af4");
        Function("pci0000:00/0000:00:02.0/0000:02:00.0", "2.5 GT/s PCIe", "1", vendor: "0x8086", subsystem: "0x1af4");
        Function("pci0000:00/0000:00:02.0/0000:03:00.0", "16.0 GT/s PCIe", "8", vendor: "0x8086", subsystem: "0x8086");
        Of("0000:01:00.0").ShouldBe("", "a virtio device");
        Of("0000:02:00.0").ShouldBe("", "an emulated card");
        Of("0000:03:00.0").ShouldBe("0000:03:00 gen 4 x8 126024", "a real card that was handed to the machine, behind a root port that is none");
    }

    [Fact]
    public void Who_tells_nothing_has_no_links()
    {
        Directory.CreateDirectory(PathOf("devices/pci0000:00/0000:00:03.0"));
        Link("pci0000:00/0000:00:03.0");
        Function("pci0000:00/0000:00:04.0", "fast", "8");
        Function("pci0000:00/0000:00:05.0", "8.0 GT/s PCIe", "255");
        foreach (var function in new[] { "0000:00:03.0", "0000:00:04.0", "0000:00:05.0", "0000:99:00.0" })
            Of(function).ShouldBe("", function);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Of(string function) => string.Join(", ", PcieLinks.Of(function, root).Select(link => $"{link.Name} gen {link.Gen} x{link.Lanes} {link.Mbits}"));

    private void Function(string device, string speed, string width, string vendor = "0x8086", string subsystem = "0x15d9")
    {
        Directory.CreateDirectory(PathOf($"devices/{device}"));
        foreach (var (file, text) in new[] { ("current_link_speed", speed), ("current_link_width", width), ("vendor", vendor), ("subsystem_vendor", subsystem) })
            File.WriteAllText(PathOf($"devices/{device}/{file}"), text + "\n");
        Link(device);
    }

    private void Link(string device)
    {
        Directory.CreateDirectory(PathOf("bus/pci/devices"));
        File.CreateSymbolicLink(PathOf($"bus/pci/devices/{device.Split('/')[^1]}"), $"../../../devices/{device}");
    }

    private string PathOf(string path) => Path.Combine(root, path);
}
