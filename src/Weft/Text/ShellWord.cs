// A word of a command that is printed for somebody to run: as it is where a shell takes it so, else in single quotes.

namespace Weft.Text;

public static class ShellWord
{
    private const string Plain = "_./:=@%+,-";

    public static string Of(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
