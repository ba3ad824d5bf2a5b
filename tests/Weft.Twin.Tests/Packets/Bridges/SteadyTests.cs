// Carrying frames costs no memory once everything is warm: the runtime's own count of allocated bytes does not move.

using Weft.Model;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class SteadyTests
{
    private const int Frames = 100_000, Warm = 4_000;

    private static readonly BridgePortOptions Trunk = new() { Vlans = VlanTable.Of([new(1, 1, Pvid: true, Untagged: true), new(2, 20)]) };

    [Theory]
    [InlineData(false, Frame.NoTag)]
    [InlineData(true, Frame.NoTag)]
    [InlineData(true, 10)]
    [InlineData(false, 10)]
    public void Unicast_is_carried_without_an_allocation(bool filters, int tag)
    {
        var street = new Street(new() { VlanFiltering = filters }, Trunk, Trunk, Trunk);
        Carry(street, () =>
        {
            Send(street, 0, Street.Mac(1), tag);
            Send(street, 1, Street.Mac(0), tag);
        });
        // But for the first frame, whose receiver nobody knew.
        (street.Ears[0].Count, street.Ears[1].Count, street.Ears[2].Count).ShouldBe((Frames + Warm, Frames + Warm, 1));
    }

    [Theory]
    [InlineData(Street.Everybody, false)]
    [InlineData(Street.Nobody, true)]
    [InlineData(0x0100_5e01_0203UL, false)]
    [InlineData(0x0100_5e01_0203UL, true)]
    public void A_flood_is_carried_without_an_allocation(ulong to, bool filters)
    {
        var street = new Street(new() { VlanFiltering = filters }, Trunk, Trunk, Trunk);
        Carry(street, () =>
        {
            Send(street, 0, to, Frame.NoTag);
            Send(street, 2, to, Frame.NoTag);
        });
        street.Ears[1].Count.ShouldBe(2 * (Frames + Warm));
    }

    [Fact]
    public void Addresses_that_move_with_every_frame_cost_no_allocation()
    {
        var street = new Street(new(), Trunk, Trunk, Trunk);
        Carry(street, () =>
        {
            Send(street, 0, Street.Mac(2), Frame.NoTag);
            Send(street, 1, Street.Mac(2), Frame.NoTag, from: Street.Mac(0));
        });
        street.Ears[2].Count.ShouldBe(2 * (Frames + Warm));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_vlan_on_a_nic_and_one_on_the_bridge_carry_without_an_allocation(bool filters)
    {
        var street = new Street(new() { VlanFiltering = filters, Vlans = VlanTable.Of([new(10, 10)]) }, Trunk, Trunk);
        var (guest, host) = (Vlan(street.Guests[0]), Vlan(street.Bridge));
        var (atGuest, atHost) = (new Ear(guest) { Remembers = false }, new Ear(host) { Remembers = false });
        Carry(street, () =>
        {
            guest.Send(street.Make(host.Mac, guest.Mac));
            host.Send(street.Make(guest.Mac, host.Mac));
        });
        (atGuest.Count, atHost.Count).ShouldBe((Frames + Warm, Frames + Warm));
    }

    private static VlanDev Vlan(Netdev lower)
    {
        var vlan = new VlanDev(lower.Machine, $"{lower.Name}.10", 50, lower, 10, isService: false);
        vlan.StartWith(lower.Mac);
        vlan.Open();
        return vlan;
    }

    private static void Send(Street street, int machine, ulong to, int tag, ulong from = 0) =>
        street.Guests[machine].Send(street.Make(to, from == 0 ? Street.Mac(machine) : from, tag));

    private static void Carry(Street street, Action both)
    {
        street.World.Listener = null;
        foreach (var ear in street.Ears)
            ear.Remembers = false;
        Run(Warm);
        Cost.Of(() => Run(Frames)).ShouldBe(0);
        street.World.Frames.Out.ShouldBe(0);

        void Run(int frames)
        {
            for (var i = 0; i < frames; i++)
            {
                both();
                street.World.Time.RunUntil(street.World.Time.Now + (10 * VirtualTime.Microsecond));
            }
        }
    }
}
