// The file of the last change that became final, as somebody wrote it, comments and all: what a boot applies. The one before
// it lies beside it, for the day when this one cannot be read.

using System.Collections.Immutable;
using System.Text;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Apply;

/// <summary>A file that was good once.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Text">As somebody wrote it.</param>
/// <param name="Host">What it declares.</param>
public sealed record Good(string Path, string Text, Host Host);

/// <summary>Keeps the last good file.</summary>
public static class GoodFile
{
    public const string Name = "good.yaml", Fallback = "good.previous.yaml";

    /// <summary>The good file, or the one before it where this one cannot be read, and then why; null where there is none.</summary>
    public static (Good? Good, ImmutableArray<Finding> Findings) Read(IDisk disk)
    {
        // A change is final before its file is written here; until then its journal has it.
        if (JournalFile.Read(disk).Journal is { IsFinal: true, Errand.Source: { } last } && Sound(disk, JournalFile.Name, last) is { } newest)
            return (newest, []);
        var findings = ImmutableArray<Finding>.Empty;
        foreach (var name in new[] { Name, Fallback })
        {
            var (text, wrong) = disk.Read(name);
            if (text is not null)
            {
                var reading = HostFile.Read(disk.PathOf(name), text);
                if (!reading.HasErrors && reading.Host is { } host)
                    return (new(disk.PathOf(name), text, host), findings);
                wrong = $"{disk.PathOf(name)} is no host file any more: {reading.Findings.First(finding => finding.Severity == Severity.Error).What}";
            }
            if (text is null && wrong is null && name == Name && disk.Read(Fallback).Text is not null)
                wrong = $"{disk.PathOf(name)} is gone";
            if (wrong is not null)
                findings = findings.Add(Finding.Warning("good-unreadable", Place.None, wrong, "it is what a boot applies", name == Name ? "apply the host file again; until then the good file before this one is used" : "apply the host file again"));
        }
        return (null, findings);
    }

    private static Good? Sound(IDisk disk, string name, string text) =>
        HostFile.Read(disk.PathOf(name), text) is { HasErrors: false, Host: { } host } ? new(disk.PathOf(name), text, host) : null;

    /// <summary>Makes this file the good one, and the one it was the fallback where that can still be read. Returns why not, or null.</summary>
    public static string? Keep(IDisk disk, string source)
    {
        var (was, wrong) = disk.Read(Name);
        if (was == source)
            return null;
        if (was is not null && wrong is null && Sound(disk, Name, was) is not null && disk.Write(Fallback, to => to.Write(Encoding.UTF8.GetBytes(was))) is { } full)
            return full;
        return disk.Write(Name, to => to.Write(Encoding.UTF8.GetBytes(source)));
    }
}
