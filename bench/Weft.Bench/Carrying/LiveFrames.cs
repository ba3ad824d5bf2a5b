// Frames that the kernel makes itself, by a program of four instructions which it runs so many times and whose frames really leave
// (BPF_PROG_TEST_RUN with BPF_F_TEST_XDP_LIVE_FRAMES): 16 at a time go into the first cable, without a system call or a
// softirq each. With more at a time the kernel carries no faster, and where it floods it loses some.

using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weft.Bench.Carrying;

internal sealed unsafe partial class LiveFrames : IDisposable
{
    private const int Call = 321, Load = 5, TestRun = 10, Xdp = 6, Live = 2, Batch = 16, Words = 18;

    private readonly SafeFileHandle program;

    public LiveFrames(string link)
    {
        // r1 = the link; r2 = 0; call bpf_redirect; exit
        var code = stackalloc ulong[] { 0x1b7 | ((ulong)PacketSocket.Index(link) << 32), 0x2b7, 0x85 | (23UL << 32), 0x95 };
        fixed (byte* license = "GPL\0"u8)
        {
            var attributes = stackalloc ulong[Words];
            new Span<ulong>(attributes, Words).Clear();
            (attributes[0], attributes[1], attributes[2]) = (Xdp | (4UL << 32), (ulong)code, (ulong)license);
            program = new(Bpf(Call, Load, attributes, Words * sizeof(ulong)), ownsHandle: true);
        }
        if (program.IsInvalid)
            throw new Win32Exception();
    }

    public void Send(byte[] frame, int count)
    {
        fixed (byte* start = frame)
        {
            // prog_fd; data_size_in and data_in; repeat; flags, cpu and batch_size
            var attributes = stackalloc ulong[Words];
            new Span<ulong>(attributes, Words).Clear();
            attributes[0] = (ulong)program.DangerousGetHandle();
            attributes[1] = (ulong)frame.Length;
            attributes[2] = (ulong)start;
            attributes[4] = (ulong)count;
            attributes[8] = Live;
            attributes[9] = Batch;
            if (Bpf(Call, TestRun, attributes, Words * sizeof(ulong)) != 0)
                throw new Win32Exception();
        }
    }

    public void Dispose() => program.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Bpf(nint call, nint command, ulong* attributes, nint size);
}
