// A failing pair made small: things are taken away, one at a time, as long as it still fails. Bounded by tries, since a trial
// may be a whole apply.

namespace Weft.RandomHosts;

public static class Shrinking
{
    /// <param name="pair">A pair that fails.</param>
    /// <param name="fails">Whether another one does, in the same way.</param>
    /// <param name="tries">The most trials.</param>
    public static Pair Smallest(Pair pair, Func<Pair, bool> fails, int tries = 2000)
    {
        for (var smaller = true; smaller && tries > 0;)
        {
            smaller = false;
            foreach (var candidate in Candidates(pair))
            {
                if (--tries < 0)
                    break;
                if (!RandomHost.IsValid(candidate.From) || !RandomHost.IsValid(candidate.To) || !fails(candidate))
                    continue;
                (pair, smaller) = (candidate, true);
                break;
            }
        }
        return pair;
    }

    private static IEnumerable<Pair> Candidates(Pair pair)
    {
        foreach (var name in pair.From.Links.Concat(pair.To.Links).Select(link => link.Name).Distinct(StringComparer.Ordinal))
            yield return pair with { From = Without(pair.From, name), To = Without(pair.To, name) };
        foreach (var smaller in Smaller(pair.From))
            yield return pair with { From = smaller };
        foreach (var smaller in Smaller(pair.To))
            yield return pair with { To = smaller };
        // The same key out of both at once: what differs is then still what differs.
        foreach (var link in pair.To.Links.Where(link => pair.From.Find(link.Name)?.Section == link.Section))
            foreach (var key in link.Keys.Keys.Where(key => key is not "link" and not "id"))
                yield return pair with { From = Keyless(pair.From, link.Name, key), To = Keyless(pair.To, link.Name, key) };
        for (var at = 0; at < pair.To.Links.Count; at++)
            if (pair.From.Find(pair.To.Links[at].Name) is { } before && before.Section == pair.To.Links[at].Section && before.ToString() != pair.To.Links[at].ToString())
            {
                var to = pair.To.Copy();
                to.Links[at] = before.Copy();
                yield return pair with { To = to };
            }
        foreach (var link in pair.To.Links)
            foreach (var address in link.Addresses.Where(address => pair.From.Find(link.Name)?.Addresses.Contains(address) == true))
            {
                var (from, to) = (pair.From.Copy(), pair.To.Copy());
                from.Find(link.Name)!.Addresses.Remove(address);
                to.Find(link.Name)!.Addresses.Remove(address);
                yield return pair with { From = from, To = to };
            }
    }

    private static IEnumerable<Sketch> Smaller(Sketch host)
    {
        foreach (var link in host.Links)
            yield return Without(host, link.Name);
        foreach (var of in new Func<Sketch, List<string>>[] { sketch => sketch.Routes, sketch => sketch.Rules, sketch => sketch.Networks, sketch => sketch.Absent, sketch => sketch.Sysctls })
            for (var at = 0; at < of(host).Count; at++)
            {
                var copy = host.Copy();
                of(copy).RemoveAt(at);
                yield return copy;
            }
        for (var at = 0; at < host.Links.Count; at++)
        {
            var link = host.Links[at];
            foreach (var key in link.Keys.Keys.Where(key => key is not "link" and not "id"))
                yield return Keyless(host, link.Name, key);
            foreach (var of in new Func<LinkSketch, List<string>>[] { sketch => sketch.Gateways, sketch => sketch.Addresses })
                for (var item = 0; item < of(link).Count; item++)
                {
                    var copy = host.Copy();
                    of(copy.Links[at]).RemoveAt(item);
                    yield return copy;
                }
            for (var port = 0; port < link.Ports.Count; port++)
            {
                var copy = host.Copy();
                copy.Links[at].Ports.RemoveAt(port);
                yield return copy;
                foreach (var key in link.Ports[port].Keys.Keys)
                {
                    copy = host.Copy();
                    copy.Links[at].Ports[port].Keys.Remove(key);
                    yield return copy;
                }
            }
        }
    }

    private static Sketch Without(Sketch host, string link)
    {
        var copy = host.Copy();
        copy.Remove(link);
        return copy;
    }

    private static Sketch Keyless(Sketch host, string link, string key)
    {
        var copy = host.Copy();
        copy.Find(link)?.Keys.Remove(key);
        return copy;
    }
}
