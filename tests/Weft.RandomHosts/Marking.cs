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
            Addresses(link, was);
        }
        return RandomHost.IsValid(host) ? host : plain;
    }

    /// <summary>How long addresses last, and in which order they stand.</summary>
    private void Addresses(LinkSketch link, LinkSketch? was)
    {
        foreach (var address in link.Addresses)
            if (was?.Addresses.Contains(address) == true && dice.Percent(60))
            {
                if (was.Lifetimes.TryGetValue(address, out var lasting))
                    link.Lifetimes[address] = lasting;
            }
            else if (dice.Percent(20))
                link.Lifetimes[address] = address.Contains(':', StringComparison.Ordinal) && dice.Percent(30) ? "preferred_lft: 40000" : dice.Of("preferred_lft: 0", "preferred_lft: 0, valid_lft: 90000", "preferred_lft: 30000, valid_lft: 60000s", "valid_lft: 80000", "valid_lft: forever");
        if (link.Addresses.Count > 1 && dice.Percent(30))
        {
            var (first, behind) = (link.Addresses[0], dice.From(1, link.Addresses.Count - 1));
            link.Addresses.RemoveAt(0);
            link.Addresses.Insert(behind, first);
        }
    }

    private string Thrown(string key, string link) => key switch
    {
        "alias" => dice.Of("to sw1 port 7", "\"# storage: left\"", "größer", "default"),
        "offloads" => dice.Of("{tso: false}", "{gro: true}", "{tso: false, gro: true, rxvlan: false}", "{tso: false, tx-tcp-segmentation: true}", "{rx-gro: true}", "{lro: false}", "{}", "default"),
        "txqueuelen" => dice.Of("500", "10000", "0", "1000", "default"),
        _ => dice.Of("[the-spare]", $"[{link}-by-another-name]", $"[left-{link}, right-{link}]", $"[left-{link}]", "[]", "default"),
    };
}
