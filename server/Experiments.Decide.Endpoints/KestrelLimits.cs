using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Experiments.Decide.Endpoints;

/// <summary>What Kestrel takes in the programs that answer <c>/decide</c> or pass it on.</summary>
internal static class KestrelLimits
{
    // The contract is 64 KiB. A little more, so that a client that counts without method, path or line end is not refused.
    private const int MaxRequestLineBytes = (64 * 1024) + 1024;

    private const int MaxRequestBufferBytes = 1024 * 1024;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;

        // The default, said here because a line must fit into it: Kestrel checks that only when it starts.
        options.Limits.MaxRequestBufferSize = MaxRequestBufferBytes;
    }
}
