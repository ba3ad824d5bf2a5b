#!/usr/bin/perl
# The first process inside user-mode Linux: makes a root out of the machine's own files, runs one command and switches off.
# Its state folder (kernel command line: weftlab=FOLDER) is on the machine, seen through hostfs and, inside, as /run/lab:
# `conf` is read there, `rc` or `initerr` written there.
#
# Perl, and one process for everything, because fork and exec cost 20-60 ms each in here. The command's outputs are pipes,
# as they would be outside, and are copied to two raw ttys: what leaves is byte exact, and a panic cannot cut it in half.
use strict; use warnings; no warnings 'exec'; use POSIX ();
use constant { MOUNT => 165, UMOUNT2 => 166, PIVOT_ROOT => 155, REBOOT => 169, FINIT_MODULE => 313, SETHOSTNAME => 170,
    SYNC => 162, MKNOD => 133, DETACH => 2 };

$ENV{PATH} = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
my $state = $ENV{weftlab}; my $version = (POSIX::uname())[2]; my $modules = "/usr/lib/uml/modules/$version"; my $root = '/tmp/root';
my (%conf, %needs, %loaded);

sub off { syscall(SYNC); syscall(REBOOT, 0xfee1dead, 672274793, 0x4321fedc, 0); sleep 100 }
sub fail { my $why = $!; if (open my $file, '>', "$state/initerr") { print $file "@_: $why\n"; close $file } off() }
sub mount { my ($source, $target, $type, $options) = @_; $_ .= '' for $source, $target, $type, $options //= '';
    return syscall(MOUNT, $source, $target, $type, 0, $options) == 0 }
sub need { my ($source, $target, $type) = @_; make($target); mount(@_) or fail("mount $type on $target") }
sub make { my $path = ''; for (split m{/}, shift) { next if $_ eq ''; $path .= "/$_"; mkdir $path, 0755 unless -d $path } }
sub put { my ($path, $text) = @_; if (open my $file, '>', $path) { print $file $text; close $file } }

# modprobe without its fork: the modules' own list of needs says what to load first. Called before the root changes too.
sub load {
    my $name = shift; return if $loaded{$name}++;
    if (!%needs) {
        open my $list, '<', "$modules/modules.dep" or return;
        while (<$list>) { chomp; my ($path, $rest) = split /:/, $_, 2; my ($key) = $path =~ m{([^/]+)\.ko$} or next;
            $key =~ tr/-/_/; $needs{$key} = [$path, reverse split ' ', $rest] }
    }
    my ($path, @first) = @{$needs{$name} || return};
    for (@first) { my ($key) = m{([^/]+)\.ko$} or next; $key =~ tr/-/_/; load($key) }
    open my $file, '<', "$modules/$path" or return;
    my $options = $name eq 'bonding' ? 'max_bonds=0' : ''; syscall(FINIT_MODULE, fileno $file, $options, 0);
}

open my $file, '<', "$state/conf" or fail('open conf');
{ local $/ = "\0"; while (<$file>) { chomp; my ($key, $value) = split /=/, $_, 2; push @{$conf{$key}}, $value } }
close $file;

mount('lab', '/tmp', 'tmpfs', 'mode=755') or fail('mount tmpfs'); mkdir "/tmp/$_", 0755 for qw(upper work root);
load('overlay');
mount('lab', $root, 'overlay', 'lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work') or fail('mount the overlay');
need('proc', "$root/proc", 'proc'); need('sysfs', "$root/sys", 'sysfs'); need('dev', "$root/dev", 'devtmpfs');
# A fork for every device that appears would be the slowest thing here. Nothing written is nothing changed: a line, though empty.
put("$root/sys/kernel/uevent_helper", "\n");
need('lab', "$root/run", 'tmpfs', 'mode=755'); need('lab', "$root/var/lib/weft", 'tmpfs', 'mode=700');
make("$root/run/$_") for qw(netns lock);
# The machine's /tmp shows through like the rest, and what is written there stays in the overlay, save in shared folders.
need('host', "$root/run/lab", 'hostfs', $state);
for my $folder (@{$conf{SHARE} || []}) { need('host', "$root$folder", 'hostfs', $folder) }
need('lab', "$root/dev/shm", 'tmpfs', 'mode=1777'); need('pts', "$root/dev/pts", 'devpts', 'newinstance,ptmxmode=0666');
unlink "$root/dev/ptmx"; symlink 'pts/ptmx', "$root/dev/ptmx"; symlink '/proc/self/fd', "$root/dev/fd";
symlink "/proc/self/fd/$$_[0]", "$root/dev/$$_[1]" for [0, 'stdin'], [1, 'stdout'], [2, 'stderr'];
make("$root/dev/net"); my $tun = "$root/dev/net/tun"; syscall(MKNOD, $tun, 0020666, 10 << 8 | 200) unless -e $tun;
need('host', "$root/lib/modules/$version", 'hostfs', $modules);
# Without it the kernel's own loading of bonding leaves a stray bond0 behind.
make("$root/etc/modprobe.d"); put("$root/etc/modprobe.d/weft-lab.conf", "options bonding max_bonds=0\n");
load($_) for 'ipv6', @{$conf{MODULE} || []};
mkdir "$root/.old"; chdir $root; { my ($new, $old) = ('.', '.old'); syscall(PIVOT_ROOT, $new, $old) == 0 or fail('pivot_root') }
chdir '/'; { my $old = '/.old'; syscall(UMOUNT2, $old, DETACH); rmdir $old }
$state = '/run/lab';
mount('cgroup', '/sys/fs/cgroup', 'cgroup2');
{ my $name = $conf{HOST}[0]; syscall(SETHOSTNAME, $name, length $name) }
{ socket(my $socket, 2, 2, 0); my $request = pack 'a16 s x22', 'lo', 0x41; ioctl($socket, 0x8914, $request) }

sub raw {
    my $path = shift; sysopen(my $tty, $path, POSIX::O_RDWR() | POSIX::O_NOCTTY()) or fail("open $path");
    my $mode = POSIX::Termios->new; $mode->getattr(fileno $tty); $mode->setiflag(0); $mode->setoflag(0); $mode->setlflag(0);
    $mode->setcflag(($mode->getcflag & ~POSIX::PARENB()) | POSIX::CS8() | POSIX::CREAD() | POSIX::CLOCAL());
    $mode->setcc(POSIX::VMIN(), 1); $mode->setcc(POSIX::VTIME(), 0); $mode->setattr(fileno $tty, POSIX::TCSANOW());
    return $tty;
}
sub copy {      # One read's worth from pipe to tty; false at the end of the pipe.
    my ($from, $to) = @_; my $count = sysread $from, my $bytes, 65536; return $count // $!{EINTR} if !$count;
    for (my $at = 0; $at < $count;) { my $wrote = syswrite $to, $bytes, $count - $at, $at; $at += $wrote // ($!{EINTR} ? 0 : return 0) }
    return 1;
}

my @tty = (raw('/dev/tty1'), raw('/dev/tty2'));
pipe my $out, my $out_in; pipe my $err, my $err_in;
my $pid = fork // fail('fork');
if (!$pid) {
    POSIX::setsid();
    open STDIN, '<', $conf{STDIN} ? "$state/stdin" : '/dev/null';
    POSIX::dup2(fileno $out_in, 1); POSIX::dup2(fileno $err_in, 2);
    chdir $conf{CWD}[0] or chdir '/';
    my $path = $ENV{PATH}; %ENV = map { split /=/, $_, 2 } @{$conf{ENV} || []}; $ENV{PATH} //= $path;
    my @command = @{$conf{ARG}};
    exec { $command[0] } @command or do { print STDERR "lab: cannot run $command[0]: $!\n"; POSIX::_exit($! == 2 ? 127 : 126) };
}
close $_ for $out_in, $err_in;
my %tty = (fileno $out => [$out, $tty[0]], fileno $err => [$err, $tty[1]]);
my $ended = syscall(434, $pid, 0); my ($code, $last) = (undef, 0);    # pidfd_open: readable once the command has ended
sub reap { while ((my $dead = waitpid -1, POSIX::WNOHANG()) > 0) { $code = $? & 127 ? 128 + ($? & 127) : $? >> 8 if $dead == $pid } }
$SIG{CHLD} = \&reap; reap();
# Once the command has ended, only what is in the pipes already still counts: a daemon may hold them open for ever, or
# write for ever.
while (!defined $code || %tty && $last++ < 32) {
    my $ready = ''; vec($ready, $_, 1) = 1 for keys %tty, defined $code ? () : $ended;
    my $found = select($ready, undef, undef, defined $code ? 0 : undef); next if $found < 0;
    last if $found == 0 && defined $code;
    for (grep { vec($ready, $_, 1) } keys %tty) { copy(@{$tty{$_}}) or delete $tty{$_} }
    reap() if vec($ready, $ended, 1);
}
POSIX::tcdrain(fileno $_) for @tty;
put("$state/rc.tmp", "$code\n"); rename "$state/rc.tmp", "$state/rc";
off();
