// A host that somebody brought up by hand is taken over: its file sends nothing, whoever managed it lets go, and an undo gives
// every file back. The files are those of a folder that stands for the root.

namespace Weft.Kernel.Tests.Takeover;

[Trait("makes", "labs")]
public sealed class AdoptTests
{
    private const string ByHand = """
        for nic in eth0 eth1; do ip link set $nic down; done
        ip link add bond0 type bond mode active-backup miimon 100
        ip link set eth0 master bond0; ip link set eth1 master bond0; ip link set bond0 up
        ip link add link bond0 name bond0.80 type vlan id 80; ip link set bond0.80 up
        ip link add br80 type bridge forward_delay 0; ip link set bond0.80 master br80; ip link set br80 up
        ip addr add 10.0.80.5/24 dev br80; ip -6 addr add 2001:db8:80::5/64 dev br80 nodad
        ip route add default via 10.0.80.1; ip route add 10.9.0.0/16 via 10.0.80.2 metric 50
        root=$PWD/root
        mkdir -p $root/etc/network/interfaces.d $root/run/network $root/etc/systemd/system/multi-user.target.wants
        touch $root/etc/systemd/system/multi-user.target.wants/networking.service
        printf 'auto lo\niface lo inet loopback\nsource interfaces.d/*\n' >$root/etc/network/interfaces
        printf 'auto br80\niface br80 inet static\n  address 10.0.80.5/24\n  gateway 10.0.80.1\n\xff' >$root/etc/network/interfaces.d/br80
        echo br80=br80 >$root/run/network/ifstate
        chown 3:4 $root/etc/network/interfaces.d/br80; chmod 640 $root/etc/network/interfaces.d/br80
        listed() { (cd $root; find . -path ./var -prune -o -printf '%p %M %U:%G %l\n' | sort; find . -path ./var -prune -o -type f -exec sha256sum {} + | sort -k2); }

        """;

    [Fact]
    public void A_host_that_was_brought_up_by_hand_is_adopted_without_a_message_and_given_back()
    {
        var file = LabRun.File("lab.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\n");
        var run = LabRun.Good(file, ByHand + """
            settle; state >before; out=host.yaml
            section look; weft adopt --root $root
            section early; weft adopt --root $root --out $out --apply 2>&1 || echo exit $?; ls $out 2>&1 || true
            weft install -q --root $root; listed >files
            ip monitor link addr route >monitor & monitor=$!
            section apply; weft adopt --root $root --out $out --apply 2>&1
            section good; cat $(find /run/weft -name good.yaml) | diff $out - && echo kept; weft boot 2>&1
            section interfaces; cat -v $root/etc/network/interfaces.d/br80; ls $root/etc/network/interfaces.d $root/etc/network
            section again; weft apply $out; weft plan --exit-code $out; weft adopt --root $root --out $out --apply
            section sent; kill $monitor; cat monitor; state | diff before - && echo same
            section remove; weft install --remove --root $root 2>&1 || echo exit $?
            section undo; weft adopt --undo --root $root; listed | diff files - && echo same; find $root/var -type f
            section undone; weft adopt --undo --root $root; state | diff before - && echo same
            """, bare: true);
        run.Section("look").ShouldContain("# Who manages this host now:\n#   ifupdown: br80");
        run.Section("look").ShouldContain("#   replace /etc/network/interfaces.d/br80");
        run.Section("early").ShouldContain("boot-not-installed");
        run.Section("early").ShouldContain("exit 3");
        run.Section("early").ShouldContain("No such file");
        run.Section("apply").ShouldContain("Adopted: the links are Weft's, nothing was sent to the kernel");
        run.Section("good").ShouldStartWith("kept");
        run.Section("interfaces").ShouldContain("# weft: iface br80 inet static\n# weft:   address 10.0.80.5/24\n");
        run.Section("interfaces").ShouldContain("br80.before-weft");
        run.Section("again").ShouldContain("Nothing to do: the host is as the file says.");
        run.Section("again").ShouldContain("They have let go already");
        run.Section("sent").ShouldBe("same");
        run.Section("remove").ShouldContain("weft adopt --undo");
        run.Section("remove").ShouldContain("exit 1");
        run.Section("undo").ShouldStartWith("Given back");
        run.Section("undo").ShouldEndWith("\nsame");
        run.Section("undone").ShouldBe("Nothing to give back: nobody let go of anything.\nsame");
    }

    [Fact]
    public void A_leased_address_and_a_file_that_was_changed_since_are_told()
    {
        var file = LabRun.File("lab.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\n");
        var run = LabRun.Good(file, ByHand + """
            settle; weft install -q --root $root
            ip addr add 10.0.80.77/24 dev br80 valid_lft 1000 preferred_lft 1000
            section leased; weft adopt --root $root --out leased.yaml --apply 2>&1 || echo exit $?
            section forced; weft adopt --root $root --out leased.yaml --apply --force address-leased 2>&1; grep -c 10.0.80.77 leased.yaml || true
            file=$root/etc/network/interfaces.d/br80; cat $file >left; echo mine >$file
            section changed; weft adopt --undo --root $root 2>&1 || echo exit $?; cat $file
            cat left >$file
            section mended; weft adopt --undo --root $root 2>&1 || echo exit $?
            """, bare: true);
        run.Section("leased").ShouldContain("error address-leased: br80 has 10.0.80.77/24");
        run.Section("leased").ShouldContain("exit 3");
        run.Section("forced").ShouldContain("Adopted");
        run.Section("forced").ShouldEndWith("\n0");
        run.Section("changed").ShouldContain("/etc/network/interfaces.d/br80: it was changed since");
        run.Section("changed").ShouldContain("exit 5");
        run.Section("changed").ShouldEndWith("\nmine");
        run.Section("mended").ShouldStartWith("Given back");
    }
}
