// TLS as Open vSwitch does it: both ends show a certificate, and each looks whether an authority that it was told made the other's. The name in it
// counts for nothing: those that ovs-pki makes hold no host's.

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weft.Ovsdb.Wire;

/// <summary>PEM files: our key and certificate, and the authority's.</summary>
public sealed record Tls(string Key, string Certificate, string Authority)
{
    internal Answer<Stream> Over(Stream inner, string place, Deadline deadline)
    {
        SslStream? outer = null;
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(Certificate, Key);
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(Authority);
            outer = new SslStream(inner, leaveInnerStreamOpen: false);
            using var over = new CancellationTokenSource(deadline.Left);
            outer.AuthenticateAsClientAsync(new()
            {
                TargetHost = "",
                ClientCertificates = [pem],
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = static (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
            }, over.Token).GetAwaiter().GetResult();
            return outer;
        }
        catch (Exception no) when (no is AuthenticationException or CryptographicException or IOException or OperationCanceledException or UnauthorizedAccessException or ArgumentException)
        {
            outer?.Dispose();
            inner.Dispose();
            return no is OperationCanceledException
                ? new Failure(FailureKind.TimedOut, place, $"{place} did not answer in time", "TCP came about, and TLS did not", "see whether the server speaks ssl there")
                : new Failure(FailureKind.NotTrusted, place, $"TLS with {place} did not come about: {(no.InnerException ?? no).Message}", "either end trusts only what its authority made", "see to key, certificate and authority on both ends");
        }
    }
}
