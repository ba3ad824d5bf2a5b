// The entry of this test program. With `lab` as its first word it is a launcher of labs, as `weft lab run` is: the tests
// start it as a process of its own, because a launcher that is interrupted or killed is half of what they are about.
// Words before `--`: right-there, user-mode, bare, input, limit=SECONDS, memory=SIZE, share=FOLDER, disk=FILE, log=FILE, runtime=FOLDER,
// weft=FILE and the host files. `cable pull|plug NIC` is what `weft lab cable` does.
using Weft.Lab;

if (args is ["cable", var verb, var nic]) return Lab.Cable(verb == "plug", nic, Console.Error);
if (args is not ["lab", .. var words]) return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

var end = Array.IndexOf(words, "--");
var request = new LabRequest
{
    Command = words[(end + 1)..],
    Read = file => File.Exists(file) ? (File.ReadAllText(file), null) : (null, $"{file}: there is no such file"),
};
foreach (var word in words[..end])
{
    request = word.Split('=', 2) switch
    {
        ["right-there"] => request with { Place = LabPlace.RightThere },
        ["user-mode"] => request with { Place = LabPlace.UserMode },
        ["bare"] => request with { Bare = true },
        ["input"] => request with { Input = true },
        ["limit", var seconds] => request with { Limit = TimeSpan.FromSeconds(int.Parse(seconds)) },
        ["memory", var size] => request with { Memory = size },
        ["share", var folder] => request with { Shares = [.. request.Shares, folder] },
        ["disk", var file] => request with { Disk = file },
        ["log", var file] => request with { KernelLog = file },
        ["runtime", var folder] => request with { RuntimeFolder = folder },
        ["weft", var file] => request with { Weft = file },
        _ => request with { Files = [.. request.Files, word] },
    };
}
return Lab.Run(request, Console.Error);
