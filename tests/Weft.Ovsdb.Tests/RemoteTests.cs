// The ways to a server: its socket, TCP, and TLS with certificates of an authority that both ends know, or do not.

using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weft.Ovsdb.Wire;

namespace Weft.Ovsdb.Tests;

public sealed class RemoteTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("weft-remote-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("unix:/run/x.sock", "unix:/run/x.sock")]
    [InlineData("tcp:192.0.2.1:1", "tcp:192.0.2.1:1")]
    [InlineData("tcp:[2001:db8::1]:6640", "tcp:[2001:db8::1]:6640")]
    [InlineData("ssl:host", "ssl:host:6640")]
    [InlineData("ssl:[::1]", "ssl:[::1]:6640")]
    [InlineData("unix:", null)]
    [InlineData("tcp:", null)]
    [InlineData("tcp:host:0", null)]
    [InlineData("tcp:host:65536", null)]
    [InlineData("punix:/run/x.sock", null)]
    [InlineData("", null)]
    public void A_place_is_read_or_refused(string text, string? read)
    {
        var (remote, failure) = Remote.Parse(text);
        remote?.ToString().ShouldBe(read);
        (failure is null).ShouldBe(read is not null);
    }

    [Fact]
    public void A_path_longer_than_a_socket_may_have_is_refused() =>
        Remote.Parse($"unix:/{new string('x', 107)}").Failure.ShouldNotBeNull().Why.ShouldContain("107");

    [Fact]
    public void No_socket_nobody_and_no_permission_are_told_apart()
    {
        Client.Connect(Remote.Parse($"unix:{folder}/none").Value!).Failure.ShouldNotBeNull().ShouldSatisfyAllConditions(no => no.Kind.ShouldBe(FailureKind.NoServer), no => no.What.ShouldStartWith("there is no socket"), no => no.Mend.ShouldContain("openvswitch-switch"));
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            left.Bind(new UnixDomainSocketEndPoint($"{folder}/left"));
        if (File.Exists($"{folder}/left"))
            Client.Connect(Remote.Parse($"unix:{folder}/left").Value!).Failure.ShouldNotBeNull().What.ShouldStartWith("nobody listens");
        Client.Connect(Remote.Parse($"tcp:127.0.0.1:{OvsdbServer.FreePort()}").Value!).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NoServer);
        Client.Connect(Remote.Parse("ssl:127.0.0.1").Value!).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotTrusted);
    }

    /// <summary>A socket that is root's alone, as somebody else: who a thread is to the file system is its own.</summary>
    [Fact]
    public void A_socket_of_another_user_is_told_as_that()
    {
        using var server = new OvsdbServer();
        File.SetUnixFileMode(server.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Failure? failure = null;
        var nobody = new Thread(() =>
        {
            _ = setfsuid(65534);
            failure = Client.Connect(server.Remote).Failure;
        });
        nobody.Start();
        nobody.Join();
        failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NoPermission);
        failure.Mend.ShouldBe("run as root");
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setfsuid(int user);

    [Fact]
    public void A_server_is_reached_over_TCP_and_TLS_by_whom_it_trusts()
    {
        var (tcp, ssl) = (OvsdbServer.FreePort(), OvsdbServer.FreePort());
        using var authority = Authority("ours");
        using var stranger = Authority("another");
        var (own, foreign) = (Signed(authority, "client"), Signed(stranger, "stranger"));
        var its = Signed(authority, "server");
        using var server = new OvsdbServer(OvsdbServer.VswitchSchema, $"--remote=ptcp:{tcp}:127.0.0.1", $"--remote=pssl:{ssl}:127.0.0.1", $"--private-key={its.Key}", $"--certificate={its.Certificate}", $"--ca-cert={its.Authority}");
        using (var plain = Client.Connect(Remote.Parse($"tcp:127.0.0.1:{tcp}").Value!).Value.ShouldNotBeNull())
            plain.Databases().Value!.ShouldContain("Open_vSwitch");
        var remote = Remote.Parse($"ssl:127.0.0.1:{ssl}").Value!;
        using (var safe = Client.Connect(remote, own).Value.ShouldNotBeNull())
        {
            safe.Databases().Value!.ShouldContain("Open_vSwitch");
            safe.Schema("Open_vSwitch").Value!.Tables.Count.ShouldBeGreaterThan(10);
            safe.Follow(safe.Schema("Open_vSwitch").Value!, Configured.Wanted).Failure.ShouldBeNull();
        }
        Client.Connect(remote, own with { Authority = foreign.Authority }).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotTrusted);
        Client.Connect(remote, own with { Key = $"{folder}/none" }).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NotTrusted);
        // Whom the server does not trust it hangs up on, in TLS 1.3 only after the handshake.
        var (unwanted, refused) = Client.Connect(remote, foreign with { Authority = own.Authority });
        (refused ?? unwanted!.Echo()).ShouldNotBeNull().Kind.ShouldBeOneOf(FailureKind.NotTrusted, FailureKind.Disconnected);
        unwanted?.Dispose();
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private Tls Signed(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, (byte)name[0], (byte)name[^1]]);
        var files = new Tls($"{folder}/{name}.key", $"{folder}/{name}.pem", $"{folder}/{name}.ca");
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Authority, authority.ExportCertificatePem());
        return files;
    }
}
