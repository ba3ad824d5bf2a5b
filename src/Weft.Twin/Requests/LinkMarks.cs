// A link's note, the length of its queue, and its other names. Names have messages of their own (RTM_NEWLINKPROP,
// RTM_DELLINKPROP), which take one after the other: what came before a refused one stays. A namespace has each name once, a
// link's own names included.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Twin.Requests;

internal static class LinkMarks
{
    /// <summary>The names that go, then those that come.</summary>
    public static Refusal? Rename(Net net, Device device, Settings settings)
    {
        if (settings.ValueOf(MarkLines.Altnames) is not Value.Map changes)
            return null;
        foreach (var comes in new[] { false, true })
            foreach (var name in changes.Fields.Where(field => field.Value.Value == Value.Of(comes)).Select(field => field.Name.Value))
                if ((comes ? Add(net, device, name) : Delete(net, device, name)) is { } refused)
                    return refused;
        return null;
    }

    public static bool IsTaken(Net net, string name) => net.Find(name) is not null || net.Devices.Any(device => device.Marks[MarkLines.Altnames] is Value.List { Items.Length: > 0 } && Names(device).Contains(name));

    /// <summary>A note that was kept is another's no more where the link has another.</summary>
    public static void Put(Net net, Device device, Model.Attributes.Attribute line, Value value)
    {
        device.Marks[line] = value;
        net.Kept.RemoveAll(kept => kept.Link == device.Name && kept.Line == line.Name);
    }

    private static IEnumerable<string> Names(Device device) => MarkLines.NamesIn(device.Marks[MarkLines.Altnames]);

    private static Refusal? Add(Net net, Device device, string name)
    {
        if (IsTaken(net, name))
            return Error.Of("EEXIST");
        Put(net, device, MarkLines.Altnames, MarkLines.NamesOf(Names(device).Append(name)));
        return null;
    }

    private static Refusal? Delete(Net net, Device device, string name)
    {
        if (!IsTaken(net, name))
            return Error.Of("ENOENT");
        if (!Names(device).Contains(name))
            return Error.Of("EINVAL");
        Put(net, device, MarkLines.Altnames, MarkLines.NamesOf(Names(device).Where(other => other != name)));
        return null;
    }
}
