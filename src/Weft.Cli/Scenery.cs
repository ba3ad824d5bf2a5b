// Host files on their way to a scene: read, and made to run. Rules are not asked: a file with mistakes is exactly what somebody
// wants to see run, and only what makes no model ends it here.

using System.Collections.Immutable;
using System.CommandLine;
using Weft.Spec;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Scenes;

namespace Weft.Cli;

internal static class Scenery
{
    public static Option<ulong> Seed() => new("--seed") { Description = "Which chances are taken: when machines start, so when they poll; the same seed gives the same run", DefaultValueFactory = _ => 1, HelpName = "N" };

    public static Option<string> Kernel() => KernelWord.Option("Every host, switch and guest is this Linux");

    /// <summary>The scene; or the exit code, with all said.</summary>
    /// <param name="lodges">Whether guests without an address get one that is free.</param>
    public static (Scene? Scene, int Code) Of(Voice voice, string[] files, ulong seed, string kernelWord, bool lodges = false)
    {
        var (kernel, strange) = KernelWord.Read(kernelWord);
        if (kernel is null)
            return (null, Voice.Usage(strange));
        var (hosts, code) = Hosts(voice, files);
        if (hosts is null)
            return (null, code);
        var (scene, findings) = Scene.Of(hosts, seed, kernel, lodges);
        return scene is null ? (null, Wrong(voice, findings)) : (scene, Exit.Done);
    }

    /// <summary>The hosts of the files; or the exit code, with all said.</summary>
    public static (IReadOnlyList<NamedHost>? Hosts, int Code) Hosts(Voice voice, string[] files)
    {
        var (hosts, _, code) = Read(voice, files);
        return (hosts, code);
    }

    /// <summary>The hosts of the files and the files' texts; or the exit code, with all said.</summary>
    public static (IReadOnlyList<NamedHost>? Hosts, IReadOnlyList<string> Texts, int Code) Read(Voice voice, string[] files)
    {
        var (hosts, texts, read) = (new List<NamedHost>(), new List<string>(), new List<Finding>());
        if (files.Count(file => file == "-") > 1)
            return (null, [], Voice.Usage("standard input cannot be two host files; give one of them a name"));
        foreach (var file in files)
        {
            var got = Input.Read(file);
            if (got.Source is null)
                return (null, [], Voice.Usage(got.Wrong!));
            voice.Knows(got.Source);
            var reading = HostFile.Read(got.Source.File, got.Text);
            read.AddRange(reading.Findings);
            if (reading.Host is null || reading.HasErrors)
                continue;
            texts.Add(got.Text);
            hosts.Add(new(reading.Host.Name ?? (files.Length == 1 ? "host" : $"host{hosts.Count + 1}"), got.Source.File, reading.Host));
        }
        if (hosts.Count < files.Length)
            return (null, [], Wrong(voice, [.. read]));
        if (!voice.Json)
            voice.Tell(read);
        return (hosts, texts, Exit.Done);
    }

    public static int Wrong(Voice voice, ImmutableArray<Finding> findings)
    {
        if (voice.Json)
            Voice.Document(to => Report.WriteJson(to, findings));
        else
            voice.Tell(findings);
        return Exit.Of(findings);
    }

    /// <summary>Says on standard error what the scene assumes, which JSON has among its keys.</summary>
    public static void Assume(Voice voice, Scene scene)
    {
        if (!voice.Json && !voice.Quiet)
            Assume(scene.Notes);
    }

    public static void Assume(IEnumerable<string> notes)
    {
        foreach (var note in notes.Distinct(StringComparer.Ordinal))
            Console.Error.Write($"assumed: {Quote.Clean(note)}\n");
    }
}
