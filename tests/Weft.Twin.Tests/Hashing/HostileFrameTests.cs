// Frames from nobody's friend: cut at every length, with every byte turned, and of random bytes that begin like something. The hash reads nothing past
// the end, throws nothing and allocates nothing. The seeds are fixed.

using Weft.Tests;
using Weft.Twin.Hashing;
using static Weft.Twin.Tests.Hashing.Bytes;

namespace Weft.Twin.Tests.Hashing;

public sealed class HostileFrameTests
{
    private static readonly int[] EtherTypes = [0x0800, 0x86dd, 0x8100, 0x88a8, 0x8864, 0x8847, 0x0806, 0x88ca, 0x4305, 0x892f, 0x88f7, 0x8906, 0x6558, 0x0001];
    private static readonly byte[] Protocols = [0, 1, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 60, 132, 137];

    private static readonly List<byte[]> Measured =
        [.. File.ReadLines(SpecFiles.PathOf("specs", "kernel", "xmit-hash.csv")).Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..]).Distinct().Select(Convert.FromHexString)];

    [Fact]
    public void A_frame_may_end_anywhere()
    {
        Measured.Count.ShouldBeGreaterThan(100);
        var hashes = new HashSet<uint>();
        foreach (var frame in Measured)
            for (var length = 0; length <= frame.Length; length++)
                Try(frame, length, hashes);
        hashes.Count.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Behind_the_end_nothing_counts()
    {
        foreach (var frame in Measured.Take(60))
            for (var length = 0; length < frame.Length; length++)
            {
                // The same beginning with other bytes behind it, of which only the beginning is handed over.
                byte[] other = [.. frame[..length], .. frame[length..].Select(one => (byte)~one)];
                foreach (var policy in XmitPolicies.All)
                    XmitHash.Of(other.AsSpan(0, length), 5, policy, KernelVersion.Linux61).ShouldBe(XmitHash.Of(frame.AsSpan(0, length), 5, policy, KernelVersion.Linux61));
            }
    }

    [Fact]
    public void Random_bytes_that_begin_like_something_are_walked_without_harm()
    {
        var (random, hashes) = (new Random(20260722), new HashSet<uint>());
        for (var round = 0; round < 20_000; round++)
        {
            var frame = new byte[random.Next(0, 400)];
            random.NextBytes(frame);
            // Plant headers that lead on, so that the walk comes deeper than chance would.
            for (var at = 12; at + 4 < frame.Length; at += random.Next(2, 24))
                if (random.Next(3) == 0)
                    Two(EtherTypes[random.Next(EtherTypes.Length)]).CopyTo(frame, at);
                else if (random.Next(2) == 0)
                    frame[at] = Protocols[random.Next(Protocols.Length)];
                else
                    frame[at] = 0x45;
            Try(frame, frame.Length, hashes, XmitHash.BehindMacs);
        }
        hashes.Count.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0u;
        foreach (var frame in Measured)
            sum ^= All(frame);
        var first = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 50; round++)
            foreach (var frame in Measured)
                sum += All(frame);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0, $"{first} bytes the first time, hash {sum}");
    }

    private static uint All(byte[] frame)
    {
        var sum = 0u;
        for (var policy = XmitPolicy.Layer2; policy <= XmitPolicy.VlanSrcMac; policy++)
            sum += XmitHash.Of(frame, 100, policy, KernelVersion.Linux61) + XmitHash.Of(frame, XmitHash.NoTag, policy, KernelVersion.Linux61, XmitHash.BehindMacs);
        return sum;
    }

    private static void Try(byte[] frame, int length, HashSet<uint> hashes, int network = XmitHash.BehindTags)
    {
        // A copy of just these bytes: a read past the end would be past the array.
        var cut = frame.AsSpan(0, length).ToArray();
        foreach (var kernel in KernelVersion.All)
            foreach (var policy in XmitPolicies.All.Where(kernel.Has))
            {
                hashes.Add(XmitHash.Of(cut, XmitHash.NoTag, policy, kernel, network));
                hashes.Add(XmitHash.Of(cut, 100, policy, kernel, network));
            }
    }
}
