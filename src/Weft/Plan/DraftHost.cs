// The host as a whole: settings that the file says, and those that left it, which go back to what they were when it first said them.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    public void Tune()
    {
        var wanted = new List<KeyValuePair<Weft.Model.Attributes.Attribute, At<Value>>>();
        foreach (var line in HostLines.All)
        {
            var said = next.Sysctls.Get(line);
            var (value, place) = said is { Value: not Value.Word { Text: "default" } } ? (said.Value, said.Place)
                : said is not null || last.Sysctls.Has(line) ? (ledger.Firsts.Sysctls.ValueOf(line), said?.Place ?? Place.None) : (null, Place.None);
            if (value is null)
                continue;
            if (world.Sysctls.ValueOf(line) is not { } held)
                findings.Add(Finding.Warning("sysctl-not-here", place, $"{line} cannot be set in this network namespace: it is not to be seen here", "the kernel shows what is the whole machine's in the machine's own namespace alone, and some kernels are built without it", "nothing, if the machine's own file says it; or leave it away here"));
            else if (held != value)
                wanted.Add(new(line, At.Of(value, place)));
        }
        if (wanted.Count > 0 && Settings.Of(wanted) is var settings)
            Plan(new Step.OfSysctls(settings, settings.FirstPlace));
    }
}
