// The tests, and the recorders that feed them: `--record DIR` and `--record-ethtool DIR` take messages from the kernel it runs on, in a network
// namespace of its own, and `--describe DIR` writes the golden text beside them.
using Weft.Netlink.Tests;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    ["--record", var directory] => Recorder.Record(directory),
    ["--record-ethtool", var directory] => EthtoolRecorder.Record(directory),
    ["--describe", var directory] => Recording.DescribeAll(directory),
    _ => await ConsoleRunner.Run(args),
};
