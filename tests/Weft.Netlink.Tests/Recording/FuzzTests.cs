// Mutations of what a kernel really sent: flipped bytes, false lengths, cuts and splices. Only the codec's own fault may
// come out of reading, describing and locating; a read that would not end runs out of its budget of steps, and that is a
// failure here.
// Surprise: everything follows from the seed, but a slow machine may stop earlier in the same sequence.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Weft.Netlink.Tests;

public class FuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void Mutated_recordings_end_in_the_codecs_own_fault_or_in_none()
    {
        var asked = Number("WEFT_FUZZ_MUTATIONS") ?? Number("WEFT_FUZZ") ?? 50_000;
        var seed = Number("WEFT_FUZZ_SEED") ?? 20_261_121;
        var dice = new Random(seed);
        var recordings = Recording.Names().SelectMany(name => Recording.Read(name).Select(bytes => (Bytes: bytes, BodyOf: Recording.BodyOf(name)))).ToArray();
        var all = recordings.Select(recording => recording.Bytes).ToArray();
        var start = Stopwatch.GetTimestamp();
        var (done, faults) = (0, 0);
        for (; done < asked && Stopwatch.GetElapsedTime(start) < Longest; done++)
        {
            var (original, bodyOf) = recordings[dice.Next(recordings.Length)];
            var bytes = Mutate(original, all, dice);
            try
            {
                if (Feed(bytes, dice, bodyOf)) faults++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"WEFT_FUZZ_SEED={seed}, mutation {done}, bytes {Convert.ToHexStringLower(bytes)}", exception);
            }
        }

        output.WriteLine($"seed {seed}: {done} of {asked} mutations, {faults} faults, {Stopwatch.GetElapsedTime(start).TotalSeconds:f1} s");
        Console.WriteLine($"fuzz: seed {seed}: {done} of {asked} mutations, {faults} faults");
        done.ShouldBeGreaterThan(0);
        faults.ShouldBeGreaterThan(done / 100, "mutations that disturb nothing test nothing");
    }

    [Fact]
    public void Random_bytes_in_every_message_type_end_in_the_codecs_own_fault_or_in_none()
    {
        var dice = new Random(7);
        var faults = 0;
        for (var i = 0; i < 5000; i++)
        {
            var bytes = new byte[dice.Next(16, 400) & ~3];
            dice.NextBytes(bytes);
            new MessageHeader((uint)bytes.Length, (MessageType)dice.Next(1, 115), MessageFlags.AckAttributes, 1, 0).Write(bytes);
            if (Feed(bytes, dice, i % 4 == 0 ? GenericText.BodyOf : null)) faults++;
        }

        faults.ShouldBeGreaterThan(100);
    }

    // True when there was a fault.
    private static bool Feed(byte[] bytes, Random dice, BodyOf? bodyOf)
    {
        var fault = false;
        var walk = new MessageWalk(bytes);
        while (walk.MoveNext())
        {
            if ((bodyOf is null ? MessageText.BodyOf(walk.Header.Type, walk.Header.Flags) : bodyOf(walk.Header, walk.Message)) is { } body)
            {
                var error = MessageCodec.Read(walk.Message, body);
                if (error.Fault == WireFault.TooLong) throw new InvalidOperationException("reading ran out of steps");
                if (error.Offset < 0 || error.Offset > walk.Message.Length) throw new InvalidOperationException($"a fault outside the message: {error}");
                fault |= error.IsError;
                MessageText.Locate(walk.Message, dice.Next(-4, walk.Message.Length + 8), bodyOf);
                MessageText.LocateMissing(walk.Message, dice.Next(2) == 0 ? null : dice.Next(walk.Message.Length), dice.Next(60), bodyOf);
            }
            else if (walk.Header.Type is MessageType.Error or MessageType.Done)
            {
                _ = Conversation.Verdict(walk.Header, walk.Message, walk.Message, out var readable, bodyOf);
                fault |= !readable;
            }

            MessageText.Describe(walk.Message, bodyOf).ShouldNotBeEmpty();
        }

        return fault | walk.Error.IsError;
    }

    private static byte[] Mutate(byte[] original, byte[][] all, Random dice)
    {
        var bytes = original.ToArray();
        for (var i = dice.Next(1, 5); i > 0; i--)
        {
            switch (dice.Next(6))
            {
                case 0: bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256); break;
                case 1: bytes[dice.Next(bytes.Length)] ^= (byte)(1 << dice.Next(8)); break;
                case 2: Spoil(bytes, dice); break;
                case 3: bytes = bytes[..dice.Next(1, bytes.Length + 1)]; break;
                case 4: bytes = Splice(bytes, all[dice.Next(all.Length)], dice); break;
                // An honest outer length lets the lie inside be reached.
                default: if (bytes.Length >= 4) MemoryMarshal.Write(bytes, (uint)bytes.Length); break;
            }
        }

        if (bytes.Length >= MessageHeader.Size && dice.Next(4) > 0) MemoryMarshal.Write(bytes, (uint)bytes.Length);
        return bytes;
    }

    // A 16-bit number at an even place, where lengths and types live, becomes one of the awkward ones.
    private static void Spoil(byte[] bytes, Random dice)
    {
        if (bytes.Length < 4) return;
        ushort[] awkward = [0, 1, 3, 4, 5, 7, 8, 0x7fff, 0x8000, 0xffff, (ushort)bytes.Length, (ushort)(bytes.Length - 1)];
        MemoryMarshal.Write(bytes.AsSpan(dice.Next(bytes.Length / 2 - 1) * 2), awkward[dice.Next(awkward.Length)]);
    }

    private static byte[] Splice(byte[] left, byte[] right, Random dice)
    {
        var cut = dice.Next(left.Length + 1) & ~3;
        var from = dice.Next(right.Length) & ~3;
        var length = dice.Next(right.Length - from + 1);
        return [.. left.AsSpan(0, cut), .. right.AsSpan(from, length), .. left.AsSpan(cut, Math.Min(left.Length - cut, 4096))];
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
