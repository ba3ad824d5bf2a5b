// Laws that hold for every set there is, found by reflection.
namespace Weft.Netlink.Tests;

public class SetLawTests
{
    public static TheoryData<Type> Sets => [.. Sample.SetTypes()];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Written_read_and_written_again_is_the_same(Type type)
    {
        var first = Attributes.Write((IAttributes)Sample.Filled(type));
        first.ShouldNotBeEmpty();
        var read = (IAttributes)Activator.CreateInstance(type)!;
        CopyHeader(Sample.Filled(type), read);
        Attributes.TryRead(first, read).IsError.ShouldBeFalse();
        Attributes.Write(read).ShouldBe(first);
        Attributes.TryRead(first, read).IsError.ShouldBeFalse();
        Attributes.Write(read).ShouldBe(first, "reading into the same object again");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_field_is_said_in_Walk(Type type)
    {
        var read = (IAttributes)Activator.CreateInstance(type)!;
        Attributes.TryRead(Attributes.Write((IAttributes)Sample.Filled(type)), read);
        var silent = Sample.Lines(type).Where(line => line.GetValue(read) is null).Select(line => line.Name);
        silent.ShouldBe(ElsewhereThanIn(type));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Types_and_names_are_said_once_and_names_are_spelled_as_the_kernel_does(Type type)
    {
        var pass = new NamingPass { Said = [] };
        ((IAttributes)Sample.Filled(type)).Walk(ref pass);
        pass.Said.ShouldNotBeEmpty();
        pass.Said.Select(line => line.Type).ShouldBeUnique();
        pass.Said.Select(line => line.Name).ShouldBeUnique();
        foreach (var (_, name) in pass.Said) name.ShouldMatch("^[a-z][a-z0-9_]*$");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Any_cut_of_a_set_reads_as_a_fault_or_as_less_and_never_throws(Type type)
    {
        var whole = Attributes.Write((IAttributes)Sample.Filled(type));
        var faults = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Attributes.TryRead(whole.AsSpan(0, length), (IAttributes)Activator.CreateInstance(type)!);
            error.Offset.ShouldBeInRange(0, length);
            if (error.IsError) faults++;
        }

        // A cut that hides no header and no payload leaves fewer attributes; every other one is a fault.
        faults.ShouldBeGreaterThanOrEqualTo(whole.Length / 4);
    }

    [Fact]
    public void A_link_says_its_vlan_table_only_in_the_bridge_family()
    {
        var port = new LinkMessage { Header = { Family = Families.Bridge }, Bridge = new BridgeFamily { VlanInfos = [new(0, 5)] }, BridgePort = new BridgePortData { State = 3 } };
        var bytes = MessageCodec.Encode(new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), port);
        var read = MessageCodec.Decode<LinkMessage>(bytes);
        read.Bridge!.VlanInfos.ShouldBe([new BridgeVlanInfo(0, 5)]);
        read.BridgePort!.State.ShouldBe((byte)3);
        read.Families.ShouldBeNull();
        read.Raw.ToArray().ShouldBe(bytes);
    }

    [Theory]
    [InlineData("vlan")]
    [InlineData("bridge")]
    [InlineData("veth")]
    [InlineData("macvlan")]
    [InlineData("vxlan")]
    [InlineData("vrf")]
    [InlineData("tun")]
    public void The_kind_decides_whose_data_it_is(string kind)
    {
        var info = (LinkInfo)Sample.Filled(typeof(LinkInfo));
        info.Kind = kind;
        var read = Attributes.Read<LinkInfo>(Attributes.Write(info));
        (read.Vlan is not null, read.Bridge is not null, read.Veth is not null, read.Macvlan is not null, read.Vxlan is not null, read.Vrf is not null, read.Other is not null)
            .ShouldBe((kind == "vlan", kind == "bridge", kind == "veth", kind == "macvlan", kind == "vxlan", kind == "vrf", kind == "tun"));
        read.Bond.ShouldBeNull();
        Attributes.Write(read).ShouldBe(Attributes.Write(info));
    }

    private static void CopyHeader(object from, object to)
    {
        var header = from.GetType().GetField("Header");
        header?.SetValue(to, header.GetValue(from));
    }

    // Fields that another kind or family would fill.
    private static string[] ElsewhereThanIn(Type type) => type.Name switch
    {
        nameof(LinkInfo) => ["Vlan", "Bridge", "Veth", "Macvlan", "Vxlan", "Vrf", "Other", "BondPort", "OtherPort"],
        nameof(LinkMessage) => ["BridgePort", "Bridge"],
        nameof(GroupMessage) => ["SetEntry", "SetEntryAttrs"],
        _ => [],
    };
}
