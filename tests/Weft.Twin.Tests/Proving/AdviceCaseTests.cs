// The cases of specs/prove: a file with a mistake that people make, what refutes what it expects, and what mends it. The advice is put into the file by git,
// and the file is proven again. WEFT_UPDATE_GOLDEN=1 writes what is said anew; `git diff` shows what changed.

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Weft.Spec;
using Weft.Tests;
using Weft.Topology;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Advising;
using Weft.Twin.Proving.Reports;

namespace Weft.Twin.Tests.Proving;

public sealed class AdviceCaseTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("prove")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_refuted_as_it_was_and_the_advice_mends_it(string name)
    {
        var text = File.ReadAllText(SpecFiles.PathOf("specs", "prove", name, "host.yaml"));
        var (proven, advised) = Prove(text);
        SpecFiles.ShouldBeGolden(SpecFiles.PathOf("specs", "prove", name, "said"), Said(proven, advised));

        foreach (var found in advised.Select(one => one.Found).OfType<Advice>())
        {
            var mended = Patched(text, found.Diff);
            mended.ShouldBe(found.Texts[0]);
            var again = Prove(mended).Proven.Verdicts;
            foreach (var expectation in found.Mends.Where(one => one.IsSaid))
                again.Single(verdict => verdict.Expectation.Text == expectation.Text && verdict.Expectation.IsSaid).Holds.ShouldBe(true);
            foreach (var held in proven.Verdicts.Where(verdict => verdict.Holds == true && verdict.Expectation.IsSaid))
                again.Single(verdict => verdict.Expectation.Text == held.Expectation.Text && verdict.Expectation.IsSaid).Holds.ShouldBe(true);
        }
    }

    [Theory]
    [InlineData("both-ports-in-one-switch")]
    [InlineData("two-mistakes-at-once")]
    public void A_program_is_told_what_a_person_is(string name)
    {
        var advised = Prove(File.ReadAllText(SpecFiles.PathOf("specs", "prove", name, "host.yaml"))).Advised;
        using var document = new MemoryStream();
        using (var to = new Utf8JsonWriter(document, new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            to.WriteStartObject();
            AdviceJson.Write(to, advised);
            to.WriteEndObject();
        }
        SpecFiles.ShouldBeGolden(SpecFiles.PathOf("specs", "prove", name, "advice.json"), Encoding.UTF8.GetString(document.ToArray()) + "\n");
    }

    private static (Proven Proven, IReadOnlyList<Advised> Advised) Prove(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.HasErrors.ShouldBeFalse();
        IReadOnlyList<NamedHost> hosts = [new(reading.Host!.Name!, "host.yaml", reading.Host)];
        var options = new ProofOptions { Files = "host.yaml" };
        var (proven, findings) = Proof.Of(hosts, options);
        findings.ShouldBeEmpty();
        // Without a line of its own, what everybody expects.
        return (proven!, Search.Of(hosts, [text], proven!, options, reading.Host.Rest.Has("expect") ? AdviceBounds.Usual : AdviceBounds.Wide));
    }

    private static string Said(Proven proven, IReadOnlyList<Advised> advised)
    {
        var said = new StringBuilder();
        foreach (var verdict in proven.Verdicts)
        {
            said.Append($"{verdict.Holds switch { true => "proven", false => "refuted", null => "undecided" }}: {verdict.Expectation.Text}\n");
            if (verdict.Counter is { } counter)
                said.Append($"  {SurvivalText.When(counter.Faults)}: {counter.Said}\n  {counter.Command}\n");
        }
        foreach (var line in advised.SelectMany(AdviceText.Lines))
            said.Append($"{line}\n");
        return said.ToString();
    }

    /// <summary>The text as git makes it of a difference.</summary>
    private static string Patched(string text, string diff)
    {
        var folder = Directory.CreateTempSubdirectory("weft-advice-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "host.yaml"), text);
            File.WriteAllText(Path.Combine(folder.FullName, "diff"), diff);
            using var git = Process.Start(new ProcessStartInfo("git", ["apply", "diff"]) { WorkingDirectory = folder.FullName, Environment = { ["GIT_CEILING_DIRECTORIES"] = folder.Parent!.FullName } })!;
            git.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
            git.ExitCode.ShouldBe(0, diff);
            return File.ReadAllText(Path.Combine(folder.FullName, "host.yaml"));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
