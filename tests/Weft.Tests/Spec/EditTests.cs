// A host file's text edited in place: comments, quotes and layout stay, and what a reader finds is what was asked for.

using Weft.Spec;

namespace Weft.Tests.Spec;

public sealed class EditTests
{
    [Theory]
    [InlineData("bonds:\n  bond0: {mode: active-backup, miimon: 100} # why\n", "bonds/bond0", "miimon", "50", "bonds:\n  bond0: {mode: active-backup, miimon: 50} # why\n")]
    [InlineData("bonds:\n  bond0: {mode: active-backup} # why\n", "bonds/bond0", "miimon", "50", "bonds:\n  bond0: {mode: active-backup, miimon: 50} # why\n")]
    [InlineData("bonds:\n  bond0: {}\n", "bonds/bond0", "miimon", "50", "bonds:\n  bond0: {miimon: 50}\n")]
    [InlineData("nics:\n  eth0:   # the left one\n  eth1: {}\n", "nics/eth0", "mtu", "9000", "nics:\n  eth0: {mtu: 9000}   # the left one\n  eth1: {}\n")]
    [InlineData("bonds:\n  bond0:\n    mode: 1    # one\n    # two\n\nvlans: {}\n", "bonds/bond0", "miimon", "50", "bonds:\n  bond0:\n    mode: 1    # one\n    miimon: 50\n    # two\n\nvlans: {}\n")]
    [InlineData("bonds:\n  bond0:\n    mode: 1", "bonds/bond0", "miimon", "50", "bonds:\n  bond0:\n    mode: 1\n    miimon: 50")]
    [InlineData("bonds:\r\n  bond0:\r\n    mode: 1\r\n", "bonds/bond0", "miimon", "50", "bonds:\r\n  bond0:\r\n    mode: 1\r\n    miimon: 50\r\n")]
    [InlineData("\ufeffnics: {\"eth0\": {'mtu': \"1500\"}}\n", "nics/eth0", "mtu", "9000", "\ufeffnics: {\"eth0\": {'mtu': 9000}}\n")]
    [InlineData("nics: {eth0: {\n    up: true,   # always\n  }}\n", "nics/eth0", "mtu", "9000", "nics: {eth0: {\n    up: true, mtu: 9000,   # always\n  }}\n")]
    [InlineData("switches:\n  a: {}\n", "switches/b", "mlag", "pair1", "switches:\n  a: {}\n  b: {mlag: pair1}\n")]
    [InlineData("version: 1\n", "switches/b", "mlag", "pair1", "version: 1\nswitches: {b: {mlag: pair1}}\n")]
    [InlineData("bridges:\n  br0:\n    ports:\n      - eth0\n      - eth1\n    stp: false\n", "bridges/br0", "ports", "[eth2]", "bridges:\n  br0:\n    ports: [eth2]\n    stp: false\n")]
    [InlineData("guests: {a: {nics: [{mac: x}, {mac: y}]}}\n", "guests/a/nics/1", "model", "virtio", "guests: {a: {nics: [{mac: x}, {mac: y, model: virtio}]}}\n")]
    public void A_key_is_set_where_it_stands_or_would_stand(string before, string path, string key, string value, string after) =>
        new Edit.Set(path.Split('/'), key, value).In(before).ShouldBe(after);

    [Theory]
    [InlineData("cabling:\n  eth0: {vlans: [80, 81]} # both\n", "cabling/eth0", "vlans", "90", "cabling:\n  eth0: {vlans: [80, 81, 90]} # both\n")]
    [InlineData("cabling:\n  eth0: {vlans: 80}\n", "cabling/eth0", "vlans", "90", "cabling:\n  eth0: {vlans: [80, 90]}\n")]
    [InlineData("cabling:\n  eth0: {vlans: []}\n", "cabling/eth0", "vlans", "90", "cabling:\n  eth0: {vlans: [90]}\n")]
    [InlineData("cabling:\n  eth0: {switch: a}\n", "cabling/eth0", "vlans", "90", "cabling:\n  eth0: {switch: a, vlans: [90]}\n")]
    [InlineData("cabling:\n  eth0:\n    vlans:\n    - 80   # one\n    - 81   # two\n    switch: a\n", "cabling/eth0", "vlans", "90", "cabling:\n  eth0:\n    vlans:\n    - 80   # one\n    - 81   # two\n    - 90\n    switch: a\n")]
    [InlineData("bonds: {b: {ports: {eth0: {prio: 1}}}}\n", "bonds/b", "ports", "eth1", "bonds: {b: {ports: {eth0: {prio: 1}, eth1: {}}}}\n")]
    [InlineData("bonds:\n  b:\n    ports:\n      eth0: {prio: 1}\n    mode: 1\n", "bonds/b", "ports", "eth1", "bonds:\n  b:\n    ports:\n      eth0: {prio: 1}\n      eth1: {}\n    mode: 1\n")]
    [InlineData("links: [[a, b]]\n", "", "links", "[b, c]", "links: [[a, b], [b, c]]\n")]
    [InlineData("links:\n  - [a, b]\n", "", "links", "[b, c]", "links:\n  - [a, b]\n  - [b, c]\n")]
    [InlineData("version: 1\n", "", "links", "[b, c]", "version: 1\nlinks: [[b, c]]\n")]
    public void A_list_gets_another_item_in_its_own_style(string before, string path, string key, string item, string after) =>
        new Edit.Append(path.Length == 0 ? [] : path.Split('/'), key, item).In(before).ShouldBe(after);

    [Theory]
    [InlineData("bonds: {b: {mode: 1, miimon: 100, downdelay: 5}}\n", "miimon", "bonds: {b: {mode: 1, downdelay: 5}}\n")]
    [InlineData("bonds: {b: {mode: 1, miimon: 100}}\n", "miimon", "bonds: {b: {mode: 1}}\n")]
    [InlineData("bonds: {b: {\"miimon\": 100}}\n", "miimon", "bonds: {b: {}}\n")]
    [InlineData("bonds:\n  b:\n    mode: 1\n    miimon: 100  # ms\n    # kept\n    ports: []\n", "miimon", "bonds:\n  b:\n    mode: 1\n    # kept\n    ports: []\n")]
    [InlineData("bonds:\n  b:\n    ports:\n      - a\n      - b\n    mode: 1\n", "ports", "bonds:\n  b:\n    mode: 1\n")]
    [InlineData("bonds:\n  b:\n    mode: 1\nvlans: {}\n", "mode", "bonds:\n  b:\n    {}\nvlans: {}\n")]
    public void A_key_goes_with_its_value(string before, string key, string after) => new Edit.Remove(["bonds", "b"], key).In(before).ShouldBe(after);

    [Fact]
    public void What_is_not_there_cannot_go_and_what_is_no_map_gets_no_key()
    {
        new Edit.Remove(["bonds", "b"], "mode").In("bonds: {b: {}}\n").ShouldBeNull();
        new Edit.Remove(["bonds", "c"], "mode").In("bonds: {b: {}}\n").ShouldBeNull();
        new Edit.Set(["bonds"], "mode", "1").In("bonds: [b]\n").ShouldBeNull();
        new Edit.Set(["bonds"], "mode", "1").In("bonds: [b\n").ShouldBeNull();
    }

    [Fact]
    public void Every_value_of_every_example_can_be_set_in_place_and_nothing_else_changes()
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(SpecFiles.PathOf("examples"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            foreach (var link in HostFile.Read(file, text).Host!.AsWritten.Links.Where(link => link.Kind.Section is not null))
            {
                var after = new Edit.Set([link.Kind.Section!, link.Name.Value], "alias", "\"edited\"").In(text);
                after.ShouldNotBeNull();
                var reading = HostFile.Read(file, after);
                reading.HasErrors.ShouldBeFalse($"{file} {link.Name}");
                $"{reading.Host!.Find(link.Name.Value)!.Settings}".ShouldContain("alias edited");
                new Edit.Remove([link.Kind.Section!, link.Name.Value], "alias").In(after)!.Replace("{}", "", StringComparison.Ordinal).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
                    .ShouldBe(text.Replace("{}", "", StringComparison.Ordinal).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
                count++;
            }
        }
        count.ShouldBeGreaterThan(20);
    }
}
