// Error numbers against the C library of the machine, which has the kernel's list.

using System.Runtime.InteropServices;

namespace Weft.Netlink.Tests;

public sealed class ErrnoTests
{
    /// <summary>The last number of asm-generic/errno.h (EHWPOISON).</summary>
    private const int Last = 133;

    [Fact]
    public void Every_number_has_the_kernels_name_and_words()
    {
        var named = Enumerable.Range(1, Last).Where(errno => NameOf(errno) != 0).ToList();
        named.Count.ShouldBeGreaterThan(Last - 3, "two numbers are nobody's");
        foreach (var errno in named)
        {
            Errno.Name(errno).ShouldBe(Marshal.PtrToStringUTF8(NameOf(errno)));
            Errno.Words(errno).ShouldNotBe("unknown error", Errno.Name(errno));
        }
    }

    [Fact]
    public void A_number_that_is_nobodys_is_told_as_a_number()
    {
        Errno.Name(41).ShouldBe("errno 41");
        Errno.Words(41).ShouldBe("unknown error");
    }

    [Theory]
    [InlineData(31, "EMLINK")]
    [InlineData(524, "ENOTSUPP")]
    public void What_the_kernel_answers_has_a_name(int errno, string name)
    {
        Errno.Name(errno).ShouldBe(name);
        new KernelRefusal(errno, null, null, null).ToString().ShouldNotContain("unknown");
    }

    [DllImport("libc", EntryPoint = "strerrorname_np")]
    private static extern nint NameOf(int errno);
}
