// Pictures and trees word for word: specs/pictures holds them, and a person looks at what changes.

using Weft.Model;
using Weft.Plan;
using Weft.Show;
using Weft.Show.Picture;
using Weft.Spec;

namespace Weft.Tests.Picture;

public sealed class PictureGoldenTests
{
    [Theory]
    [InlineData("kvm")]
    [InlineData("lacp")]
    [InlineData("networks-5")]
    [InlineData("networks-40")]
    [InlineData("vlans-under-bonds")]
    [InlineData("guests")]
    public void A_running_host_is_drawn_as_its_case_says(string name)
    {
        var host = Scenes.All[name];
        Golden(name, "tree.txt", string.Concat(Stacks.Of(host, Ledger.Empty, []).Select(line => line + "\n")));
        Golden(name, "host.svg", Pictures.Of(PictureForm.Svg, host, Ledger.Empty, [], all: false));
        Golden(name, "host.dot", Pictures.Of(PictureForm.Dot, host, Ledger.Empty, [], all: false));
    }

    [Theory]
    [InlineData("kvm-10gbe")]
    [InlineData("vlan-under-bond")]
    public void A_host_of_a_file_is_drawn_as_its_case_says(string example)
    {
        var host = HostFile.Read(example, File.ReadAllText(SpecFiles.PathOf("examples", example + ".yaml"))).Host.ShouldNotBeNull();
        Golden("file-" + example, "host.svg", Pictures.OfFile(PictureForm.Svg, host, [], all: false));
        Golden("file-" + example, "host.dot", Pictures.OfFile(PictureForm.Dot, host, [], all: false));
    }

    private static void Golden(string scene, string file, string text)
    {
        Directory.CreateDirectory(SpecFiles.PathOf("specs", "pictures", scene));
        SpecFiles.ShouldBeGolden(SpecFiles.PathOf("specs", "pictures", scene, file), text);
    }
}
