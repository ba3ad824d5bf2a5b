// An observed VLAN table as a file says it: tagged members under `vlans`, and `pvid` where it is not the default one. A VLAN
// that leaves untagged without being the PVID has no word in a file: it stays as it is, as what others entered does.

using Weft.Model;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Show;

internal static class FileVlans
{
    /// <summary>The table as the file's words amount to; null where there is nothing to say.</summary>
    public static VlanTable? Of(VlanTable? held)
    {
        if (held is null)
            return null;
        var said = VlanTable.Of([.. Tagged(held), .. Pvid(held) is { } pvid ? new VlanRun[] { new(pvid, pvid, Pvid: true, Untagged: true) } : []]);
        return said.Runs.IsEmpty ? null : said;
    }

    /// <summary>The other keys of an entry, with those two as they are now.</summary>
    public static Fields Into(Fields rest, VlanTable? held)
    {
        var fields = rest.Without("vlans", "pvid");
        if (held is null)
            return fields;
        var tagged = Tagged(held).Select(run => At.Nowhere(VlanRange.ToValue(run))).ToList();
        if (tagged.Count > 0)
            fields = fields.With("vlans", new Value.List([.. tagged]));
        return Pvid(held) is { } pvid ? fields.With("pvid", Value.Of((long)pvid)) : fields;
    }

    private static IEnumerable<VlanRun> Tagged(VlanTable held) => held.Runs.Where(run => !run.Pvid && !run.Untagged);

    private static int? Pvid(VlanTable held) => held.Runs.Where(run => run is { Pvid: true, Untagged: true, From: not 1 }).Select(run => (int?)run.From).FirstOrDefault();
}
