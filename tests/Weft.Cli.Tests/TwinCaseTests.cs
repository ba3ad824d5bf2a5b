// The cases of specs/twin: a host file, the commands that are run on it, and all that they say. WEFT_UPDATE_GOLDEN=1 writes it anew;
// `git diff` shows what the twin makes of it now.

using System.Text;

namespace Weft.Cli.Tests;

public sealed class TwinCaseTests
{
    private static string Folder => Path.Combine(Weft.Root, "specs", "twin");

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_says_what_it_said(string name)
    {
        var (folder, said) = (Path.Combine(Folder, name), new StringBuilder());
        foreach (var command in File.ReadLines(Path.Combine(folder, "commands")))
        {
            var ran = Weft.Shell($"cd '{folder}' && \"$WEFT\" {command}");
            said.Append($"$ weft {command}\n{ran.Output}{ran.Errors}exit code {ran.Code}\n");
        }
        var golden = Path.Combine(folder, "said");
        if (Environment.GetEnvironmentVariable("WEFT_UPDATE_GOLDEN") == "1")
            File.WriteAllText(golden, said.ToString());
        said.ToString().ShouldBe(File.ReadAllText(golden));
    }

    [Fact]
    public void The_same_file_and_seed_say_the_same_to_the_byte_and_another_seed_polls_at_other_moments()
    {
        string Run(string seed) => Weft.Run("simulate", Path.Combine(Folder, "a-cable-of-active-backup", "host.yaml"), "--fail", "eth0@5s", "--for", "8s", "--json", "--seed", seed).Output;

        Run("7").ShouldBe(Run("7"));
        Run("7").ShouldNotBe(Run("8"));
    }
}
