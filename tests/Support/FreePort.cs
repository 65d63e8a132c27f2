using System.Net;
using System.Net.Sockets;

namespace Experiments.Tests.Support;

/// <summary>Loopback ports for servers that tests start.</summary>
public static class FreePort
{
    // Below the range from which Linux takes ports for outgoing connections (32768 and up), so that a port handed out here
    // is not taken by a client's connection before the server binds it, or while a killed server is about to start again.
    private const int First = 20_000;
    private const int Count = 12_000;

    // Test processes that run at the same time begin at different places.
    private static int s_next = Random.Shared.Next(Count);

    /// <summary>A TCP port of 127.0.0.1 on which nothing listens; this process gets each port once.</summary>
    /// <exception cref="InvalidOperationException">None is free.</exception>
    public static int Next()
    {
        for (int attempt = 0; attempt < Count; attempt++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free port from {First} to {First + Count - 1}.");
    }

    private static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
