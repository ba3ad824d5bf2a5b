# The keeper stands between `weft lab` and everything that runs for it, and lets none of it outlive the launcher.
# It is started as: perl keeper.pl uml|here STATE LAUNCHER-PID HOSTNAME COMMAND [ARG…]
#
# Invariant: all work happens in one new PID namespace whose first process dies with the keeper (PR_SET_PDEATHSIG: the
# keeper has one thread, so the signal means the process), and a dying first process takes the whole namespace along.
# The keeper in turn watches a pidfd of the launcher, so even SIGKILL there ends everything here. A death signal asked
# for by the launcher itself would be wrong: it fires when the *thread* that forked ends, and .NET's threads come and go.
use strict; use warnings; no warnings 'exec'; use POSIX ();
use constant { NEWNS => 0x00020000, NEWUTS => 0x04000000, NEWIPC => 0x08000000, NEWPID => 0x20000000, NEWNET => 0x40000000,
    REC => 0x4000, PRIVATE => 0x40000, BIND => 0x1000, MOVE => 0x2000, LOCK_SH => 1 };

# Perl knows no names of system calls without headers; these are the kernel's numbers (pidfd_open is the same everywhere).
my %call = (POSIX::uname())[4] eq 'aarch64'
    ? (unshare => 97, prctl => 167, mount => 40, sethostname => 161)
    : (unshare => 272, prctl => 157, mount => 165, sethostname => 170);
sub call { my ($name, @arguments) = @_; return syscall($call{$name}, @arguments) == 0 }
sub fail { my $why = $!; print STDERR "lab: cannot @_: $why\n"; POSIX::_exit(125) }
sub pidfd { my $fd = syscall(434, 0 + shift, 0); return $fd < 0 ? undef : $fd }
sub mount { my ($source, $target, $type, $flags, $options) = @_; $_ .= '' for $source, $target, $type, $options;
    call('mount', $source, $target, $type, $flags, $options) or fail("mount $type on $target") }
sub make { my $path = ''; for (split m{/}, shift) { next if $_ eq ''; $path .= "/$_"; mkdir $path, 0755 unless -d $path } }

my ($mode, $state, $launcher, $hostname, @command) = @ARGV;
if ($mode eq 'uml') {
    # User-mode Linux writes its own log to descriptor 1; the command's two outputs reach it as 4 and 5.
    POSIX::dup2(1, 4); POSIX::dup2(2, 5);
    open my $log, '>>', "$state/boot.log" or fail('open boot.log');
    POSIX::dup2(fileno $log, 1); POSIX::dup2(fileno $log, 2);
    open my $null, '<', '/dev/null' or fail('open /dev/null');
    POSIX::dup2(fileno $null, 0);
}
# As long as this lock is shared, nobody sweeps the state folder away.
open my $lock, '<', "$state/lock" or fail('open the lock'); flock $lock, LOCK_SH;
my $watched = pidfd($launcher); defined $watched or fail("watch process $launcher");
exit 0 if getppid() != $launcher;   # It died before it could be watched; the number may be another's by now.

my ($first, $stop);
$SIG{TERM} = $SIG{HUP} = sub { $stop = 1; kill KILL => $first if $first };
$SIG{INT} = $SIG{QUIT} = 'IGNORE';  # The terminal's keys are for the command, or for the launcher, who then sends TERM.
pipe my $wait, my $go or fail('make a pipe');
call('unshare', NEWPID) or fail('make a PID namespace');
$first = fork // fail('fork');
if (!$first) {
    close $go; call('prctl', 1, 9, 0, 0, 0) or fail('ask for a death signal');
    sysread($wait, my $byte, 1) or POSIX::_exit(125);   # The end of file says that the keeper is gone already.
    POSIX::setsid() if $mode eq 'uml';                  # A dying UML sends SIGTERM to its whole process group.
    here() if $mode eq 'here';
    work();
}
close $wait; syswrite $go, '1';
kill KILL => $first if $stop;
my $ended = pidfd($first); defined $ended or fail('watch the first process');
while (1) {
    my $ready = ''; vec($ready, $_, 1) = 1 for $watched, $ended;
    next if select($ready, undef, undef, undef) < 0;
    kill KILL => $first if vec($ready, $watched, 1);
    last if vec($ready, $ended, 1) || vec($ready, $watched, 1);
}
waitpid $first, 0;                  # Returns only once nothing is left in the namespace.
POSIX::_exit($? & 127 ? 128 + ($? & 127) : $? >> 8);

# Makes the namespaces of a lab on this very kernel: from here on only processes in it see what it mounts and makes.
sub here {
    call('unshare', NEWNS | NEWNET | NEWIPC | NEWUTS) or fail('make namespaces');
    mount('none', '/', 'none', REC | PRIVATE, '');
    mount('proc', '/proc', 'proc', 0, ''); mount('sysfs', '/sys', 'sysfs', 0, '');
    # All of /run is covered, not only its netns and weft: the sockets of the machine's own systemd, D-Bus, libvirt and
    # Open vSwitch lie there, and a throw-away host that could talk to them would change the real one.
    make("$state/run"); mount('lab', "$state/run", 'tmpfs', 0, 'mode=755');
    make("$state/run/$_") for 'netns', 'lock', 'lab';
    mount($state, "$state/run/lab", 'none', BIND, '');
    mount("$state/run", '/run', 'none', MOVE, '');
    mount('lab', '/var/lib/weft', 'tmpfs', 0, 'mode=700');
    call('sethostname', $hostname, length $hostname);
    socket(my $socket, 2, 2, 0) or fail('open a socket');    # SIOCSIFFLAGS: lo up and running, for one fork less.
    my $request = pack 'a16 s x22', 'lo', 0x41; ioctl($socket, 0x8914, $request) or fail('set lo up');
}

# The first process of the namespace only reaps: it must not be the command (signals without a handler do not reach a
# first process) nor UML (which ends itself with SIGABRT after a panic, and would spin for ever).
sub work {
    my $pid = fork // fail('fork');
    if (!$pid) {
        $SIG{$_} = 'DEFAULT' for qw(INT QUIT TERM HUP);
        exec { $command[0] } @command or do { print STDERR "lab: cannot run $command[0]: $!\n"; POSIX::_exit($! == 2 ? 127 : 126) };
    }
    while ((my $ended = wait) > 0) { POSIX::_exit($? & 127 ? 128 + ($? & 127) : $? >> 8) if $ended == $pid }
    POSIX::_exit(125);
}
