// Files that cannot be read: one clear sentence on standard error, exit code 2, nothing on standard output, and never a
// stack trace or a hang.

using System.Diagnostics;

namespace Weft.Cli.Tests;

public sealed class BadFileTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("diff")]
    public void A_file_that_is_not_there_is_one_sentence(string command) => Sentence(Weft.Run(command, "no-such.yaml"), "no-such.yaml: there is no such file");

    [Fact]
    public void Show_from_a_file_that_is_not_there_is_one_sentence() => Sentence(Weft.Run("show", "--from", "no-such.yaml"), "no-such.yaml: there is no such file");

    [Fact]
    public void A_folder_is_no_file() => Sentence(Weft.Run("check", folder.Path), "is a folder, not a file");

    [Fact]
    public void A_path_through_a_file_is_no_path() => Sentence(Weft.Run("check", folder.Put("file", "x") + "/host.yaml"), "a part of the path is no folder");

    [Fact]
    public void A_path_in_a_circle_is_no_path()
    {
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a"), "a");
        Sentence(Weft.Run("check", Path.Combine(folder.Path, "a")), "go round in a circle");
    }

    [Fact]
    public void An_empty_file_says_that_it_is_empty() => Sentence(Weft.Run("check", folder.Put("empty.yaml", "")), "is empty");

    [Fact]
    public void An_empty_name_says_that_it_is_empty() => Sentence(Weft.Run("check", ""), "the name of a file is empty");

    [Fact]
    public void A_file_of_fifty_gigabytes_is_refused_unread()
    {
        var path = Path.Combine(folder.Path, "huge.yaml");
        using (var file = File.Create(path))
            file.SetLength(50L << 30); // A hole: it takes no room on disk, and for ever to read.
        Sentence(Weft.Run("check", path), "is larger than 10 MB");
    }

    [Fact]
    public void Standard_input_without_end_is_refused_at_10_MB()
    {
        using var endless = new Endless();
        Sentence(Weft.RunWith(endless, "check", "-"), "stdin: is larger than 10 MB");
        endless.Given.ShouldBeLessThan(20 << 20);
    }

    [Fact]
    public void NUL_bytes_are_no_text() => Sentence(Weft.Run("check", folder.Put("nul.yaml", [.. "host: "u8, 0, .. "a\n"u8])), "is not text: byte 7 is NUL");

    [Fact]
    public void Invalid_UTF_8_is_no_text() => Sentence(Weft.Run("check", folder.Put("latin1.yaml", [.. "host: caf"u8, 0xe9, (byte)'\n'])), "is not text: byte 10 is not UTF-8");

    [Fact]
    public void An_executable_is_no_text() => Sentence(Weft.Run("check", "/bin/sh"), "is not text");

    [Fact]
    public void A_FIFO_is_refused_without_waiting_for_its_writer()
    {
        var path = Path.Combine(folder.Path, "fifo");
        Process.Start("mkfifo", path).WaitForExit();
        Sentence(Weft.Run("check", path), "is a pipe, not a file");
    }

    [Fact]
    public void A_lab_reads_its_files_as_every_command_does()
    {
        var fifo = Path.Combine(folder.Path, "fifo");
        Process.Start("mkfifo", fifo).WaitForExit();
        OfLab("no-such.yaml", "no-such.yaml: there is no such file");
        OfLab(folder.Path, $"{folder.Path}: is a folder, not a file");
        OfLab(fifo, $"{fifo}: is a pipe, not a file");
        OfLab("", "the name of a file is empty");
        var (empty, binary) = (folder.Put("empty.yaml", ""), folder.Put("nul.yaml", [.. "host: "u8, 0, .. "a\n"u8]));
        OfLab(empty, $"{empty}: is empty");
        OfLab(binary, $"{binary}: is not text: byte 7 is NUL");

        static void OfLab(string file, string sentence) => Weft.Run("lab", "run", "--bare", file, "--", "true").ShouldBe(new Ran(2, "", $"lab: {sentence}\n"));
    }

    [Fact]
    public void An_unreadable_file_of_a_lab_outweighs_one_with_errors() =>
        Weft.Run("lab", "run", "--bare", "no-such.yaml", folder.Put("bad.yaml", "nicks: {}\n"), "--", "true").Code.ShouldBe(2);

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void A_device_is_no_file(string device) => Sentence(Weft.Run("check", device), "is a device, not a file");

    [Fact]
    public void A_name_that_could_drive_a_terminal_is_spelled_out()
    {
        var ran = Weft.Run("check", "\u001b[31mred.yaml");
        Sentence(ran, "there is no such file");
        ran.Errors.ShouldNotContain('\u001b');
    }

    [Fact]
    public void One_bad_file_does_not_hide_what_the_others_say()
    {
        var ran = Weft.Run("check", "no-such.yaml", folder.Put("bad.yaml", "nicks: {}\n"));
        ran.Code.ShouldBe(2);
        ran.Errors.ShouldContain("there is no such file");
        ran.Errors.ShouldContain("unknown-key");
    }

    private static void Sentence(Ran ran, string words)
    {
        ran.Code.ShouldBe(2, ran.Errors);
        ran.Output.ShouldBe("");
        ran.Errors.ShouldContain(words);
        ran.Errors.Count(letter => letter == '\n').ShouldBe(1, ran.Errors);
        ran.Errors.ShouldStartWith("weft: ");
    }

    /// <summary>Comments without end.</summary>
    private sealed class Endless : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'#');
            Given += count;
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
