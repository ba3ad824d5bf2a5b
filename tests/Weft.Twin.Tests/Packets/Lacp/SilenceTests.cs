// A partner that stops speaking while its links stay up: a bond that is closed does just that.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;

namespace Weft.Twin.Tests.Packets.Lacp;

public sealed class SilenceTests
{
    [Theory]
    [InlineData(false, 0, 90, 3)]
    [InlineData(true, 0, 3, 3)]
    [InlineData(false, 100, 99, 3.3)]
    [InlineData(true, 100, 3.3, 3.3)]
    [InlineData(false, 250, 93.6, 3.12)]
    [InlineData(false, 1000, 93.6, 3.12)]
    public void It_is_noticed_when_three_LACPDUs_are_missing_and_given_up_3_s_later(bool isFast, int hz, double noticed, double givenUp)
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options with { LacpFast = isFast }, Bundle.Options, kernel: KernelVersion.Linux61 with { Hz = hz });
        bundle.Run(40);
        other.Close();
        var last = bundle.Said.Last(said => said.Port == "switch.eth0").At;
        bundle.Until(() => Bundle.Port(host, 0).Receive.State == ReceiveState.Expired);
        (bundle.Now - last).ShouldBe(noticed, 0.13);
        Bundle.IsPassing(host, 0).ShouldBeFalse("it stops at once");
        var asked = bundle.Said.Count(said => said.Port == "host.eth0");
        bundle.Until(() => Bundle.Port(host, 0).Receive.State == ReceiveState.Defaulted).ShouldBe(givenUp, 0.02);
        (bundle.Said.Count(said => said.Port == "host.eth0") - asked).ShouldBeInRange(3, 5, "it asks every second meanwhile");
        bundle.Run(1);
        // Nobody is left: the bond falls back to one port, alone in its aggregator.
        host.Ports.Count(port => !port.IsBackup).ShouldBe(1);
        Bundle.Mode(host).Active.ShouldNotBeNull().HasPartner.ShouldBeFalse();
        host.HasCarrier.ShouldBeTrue();
        bundle.Happened.Count(what => what.Did == "lacp-expired" && what.Device.Machine == host.Machine).ShouldBe(2);
        bundle.Happened.Count(what => what.Did == "lacp-defaulted" && what.Device.Machine == host.Machine).ShouldBe(2);
        bundle.End();
    }

    [Fact]
    public void A_partner_that_speaks_again_is_bundled_again()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options with { LacpFast = true }, Bundle.Options with { LacpFast = true });
        bundle.Run(5);
        other.Close();
        bundle.Run(20);
        Bundle.AllPass(host).ShouldBeFalse();
        other.Open();
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeLessThan(5);
        bundle.Pass(host, other).ShouldBe(16);
        bundle.End();
    }

    [Fact]
    public void Without_being_answered_an_active_end_of_an_older_kernel_begins_anew_again_and_again()
    {
        int Lost(bool answers)
        {
            var kernel = Bundle.Exact with { AnswersActive = answers };
            var (bundle, host, _, _) = Bundle.Of(Bundle.Options, Bundle.Options with { LacpActive = false }, kernel: kernel);
            bundle.Run(300);
            bundle.End();
            return bundle.Happened.Count(what => what.Did == "unbundled" && what.Device.Machine == host.Machine);
        }

        Lost(answers: true).ShouldBe(0);
        Lost(answers: false).ShouldBeGreaterThan(0);
    }
}
