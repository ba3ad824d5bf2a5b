// Labels against a host's own names.

using Weft.Plan;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;

namespace Weft.Tests.Plan;

public sealed class ResolveTests
{
    [Fact]
    public void A_bridge_may_not_have_the_kernels_name_of_a_NIC_that_the_file_calls_otherwise()
    {
        var file = HostFile.Read("host.yaml", "nics: {up: {match: {name: eth0}}}\nbridges: {eth0: {ports: [up]}}\n").Host!;
        Resolve.Labels(file, TwinKernel.Of("eth0").Observe().Host).Findings.ShouldHaveSingleItem().Rule.ShouldBe("duplicate-name");
    }

    [Theory]
    [InlineData("br-à")]
    [InlineData("брР")]
    public void A_name_with_the_byte_that_the_kernel_takes_for_a_space_is_refused(string name) =>
        HostFile.Read("host.yaml", $"bridges: {{{name}: {{}}}}\n").Findings.ShouldContain(finding => finding.Rule == "name-refused" && finding.Severity == Severity.Error);
}
