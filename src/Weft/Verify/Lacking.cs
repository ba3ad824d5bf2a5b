// Attributes that this kernel does not have. It passes over what it does not know without a word, so that the change would be
// found not to have happened and be undone; said before anything is sent, it is a finding at its line.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Verify;

internal static class Lacking
{
    /// <summary>The kinds that a kernel may have been built without, or have no module of. A host with such a link need not be asked.</summary>
    private static IEnumerable<Finding> KindsOf(Host file, Host now, IKernel kernel)
    {
        LinkKind[] asked = [.. LinkKind.Declared.Where(kind => kind != LinkKind.Nic && !kind.IsAlwaysThere && file.Of(kind).Any() && !now.Of(kind).Any())];
        var lacking = asked.Length == 0 ? [] : kernel.LacksKinds(asked);
        return file.Links.Where(link => lacking.Contains(link.Kind)).Select(link => Finding.Error("kernel-lacks", link.Name.Place, $"this kernel makes no {link.Kind}",
            $"it was built without, or its module {link.Kind} is not installed", $"install the kernel's module {link.Kind}, or use a kernel that has it"));
    }

    /// <param name="file">What is wanted.</param>
    /// <param name="now">What is observed: what a link of the kind tells, its kernel has.</param>
    /// <param name="kernel">Asked for the rest only, which takes it a few ms.</param>
    public static IEnumerable<Finding> Of(Host file, Host now, IKernel kernel)
    {
        var kinds = KindsOf(file, now, kernel).ToList();
        if (kinds.Count > 0)
            return kinds; // Of a link that is not made there is no attribute to be had.
        var said = file.Links.SelectMany(link => link.Settings.Concat(link.Ports.SelectMany(port => port.Settings)).Select(pair => (Link: link, Line: pair.Key, pair.Value)))
            .Where(one => one.Line.IsNotEverywhere && one.Value.Value is not Value.Word { Text: "default" } && one.Value.Value != one.Line.Default(one.Link.Settings)).ToList();
        if (said.Count == 0)
            return [];
        var told = now.Links.SelectMany(link => link.Settings.Concat(link.Ports.SelectMany(port => port.Settings))).Select(pair => pair.Key).ToHashSet();
        // A list is seen as empty where nothing is told of it, whether the kernel has it or not.
        Attribute[] asked = [.. said.Select(one => one.Line).Where(line => !told.Contains(line) || line.Shape is Model.Shapes.ListOf).Distinct()];
        var lacking = asked.Length == 0 ? [] : kernel.Lacks(asked);
        return said.Where(one => lacking.Contains(one.Line)).Select(one => Finding.Error("kernel-lacks", one.Value.Place, $"this kernel has no {one.Line} of a {one.Line.Kinds[0]}{(one.Line.Home == Home.Port ? "'s port" : "")}",
            one.Line.Since.Length > 0 ? $"Linux has it since {one.Line.Since}" : $"it was built without {one.Line.Option}", "remove it, or use a kernel that has it"));
    }
}
