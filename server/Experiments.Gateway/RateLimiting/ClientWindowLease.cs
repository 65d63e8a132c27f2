using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Experiments.Gateway.RateLimiting;

/// <summary>
/// What a client's window looked like at the moment of the request. Returning it frees nothing: windows do not give back.
/// </summary>
internal sealed class ClientWindowLease(bool isAcquired, int remaining, TimeSpan resetAfter) : RateLimitLease
{
    public override bool IsAcquired => isAcquired;

    public int Remaining => remaining;

    /// <summary>Rounded up, so that a client that waits this long finds a new window; at least 1.</summary>
    public long ResetAfterSeconds => Math.Max(1, (long)Math.Ceiling(resetAfter.TotalSeconds));

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = null;
        return false;
    }
}
