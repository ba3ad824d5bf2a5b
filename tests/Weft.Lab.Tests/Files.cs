// Host files for the tests, and the stand-in for weft: a shell script that is called `weft apply FILE` and does with `ip` what the
// file says. So these tests show what the lab does, whatever the state of the product's own `apply`.
using Weft.Topology;
using Weft.Spec;

namespace Weft.Lab.Tests;

internal sealed class Files : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("weft-lab-files-").FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Weft(string script)
    {
        var path = Write("weft", "#!/bin/sh\n[ \"$1\" = apply ] || exit 99\n" + script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public static NamedHost Host(string text, string name = "host")
    {
        var reading = HostFile.Read("host.yaml", "version: 1\n" + text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        return new NamedHost(reading.Host!.Name ?? name, "/host.yaml", reading.Host);
    }

    public static Layout Layout(params string[] texts) => Layouts.Of([.. texts.Select((text, index) => Host(text, $"host{index}"))]);

    public const string Pair = """
        version: 1
        host: hv1
        nics:
          eth0: {match: {mac: "00:25:b5:00:00:1a"}}
          eth1: {}
          eth2: {}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 100, mtu: 9000}
        vlans:
          bond0.3080: {link: bond0, id: 3080}
          bond0.3082: {link: bond0, id: 3082}
        bridges:
          br3080: {ports: [bond0.3080], addresses: [172.20.80.11/24], gateway: 172.20.80.1}
          br3082: {ports: [bond0.3082]}
        guests:
          web1:
            nics:
              - {bridge: br3082, mac: "52:54:00:15:81:b2", addresses: [172.20.82.10/24]}
        cabling:
          eth0: {switch: leaf-a, port: Eth1/1, vlans: [3080-3083], native: 1, lacp: active, group: Po11}
          eth1: {switch: leaf-b, port: Eth1/1, vlans: [3080-3083], native: 1, lacp: active, group: Po11}
        switches:
          leaf-a: {mlag: pair1, addresses: {3080: 172.20.80.1/24, 3082: 172.20.82.1/24}}
          leaf-b: {mlag: pair1}

        """;
}
