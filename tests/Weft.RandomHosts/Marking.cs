// What links carry beside their work, and what a NIC is told to do in hardware, is thrown last and with dice of its own, so that the hosts themselves stay what their
// seeds always made of them. The second host of a pair keeps most of what the first has.

namespace Weft.RandomHosts;

internal sealed class Marking(Dice dice)
{
    private static readonly string[] Keys = ["alias", "altnames", "offloads", "txqueuelen"];

    /// <summary>The host with marks; as it was, where a rule finds an error in them.</summary>
    /// <param name="plain">The host.</param>
    /// <param name="before">The host before it, with its marks.</param>
    public Sketch Of(Sketch plain, Sketch? before)
    {
        var host = plain.Copy();
        foreach (var link in host.Links)
        {
            var was = before?.Find(link.Name);
            foreach (var key in Keys.Where(key => key != "offloads" || link.Section == "nics"))
                if (was is not null && dice.Percent(60))
                {
                    if (was.Keys.TryGetValue(key, out var value))
                        link.Keys[key] = value;
                }
                else if (dice.Percent(12))
                    link.Keys[key] = Thrown(key, link.Name);
        }
        return RandomHost.IsValid(host) ? host : plain;
    }

    private string Thrown(string key, string link) => key switch
    {
        "alias" => dice.Of("to sw1 port 7", "\"# storage: left\"", "größer", "default"),
        "offloads" => dice.Of("{tso: false}", "{gro: true}", "{tso: false, gro: true, rxvlan: false}", "{tso: false, tx-tcp-segmentation: true}", "{rx-gro: true}", "{lro: false}", "{}", "default"),
        "txqueuelen" => dice.Of("500", "10000", "0", "1000", "default"),
        _ => dice.Of("[the-spare]", $"[{link}-by-another-name]", $"[left-{link}, right-{link}]", $"[left-{link}]", "[]", "default"),
    };
}
