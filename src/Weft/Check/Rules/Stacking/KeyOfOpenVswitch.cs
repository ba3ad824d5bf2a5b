// Open vSwitch has keys that no Linux bridge and no bond of the kernel has. Read without a word, they would be settings that are never made.

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No keys of Open vSwitch where the kernel makes the bridges.</summary>
public sealed class KeyOfOpenVswitch() : Rule("key-of-openvswitch", Severity.Error)
{
    public override string Why => "no message to the kernel says this: only Open vSwitch's database has it, and here the kernel makes the bond or bridge";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, lacp_fallback_ab: [|true|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        stack.Host.Rest.Word("backend") == SwitchLines.OpenVswitch ? [] : stack.Host.Links.SelectMany(link =>
            link.Settings.Where(said => said.Key.Home == Home.Switch).Select(said => (Key: said.Key.Name, said.Value.Place))
                .Concat(SwitchLines.Watching.Select(key => (Key: key, Place: link.Rest.Get(key)?.Place ?? Place.None)).Where(said => said.Place.IsSomewhere))
                .Select(said => At(said.Place, $"{link.Name} has {said.Key}, which is a key of Open vSwitch", $"remove {said.Key}")));
}
