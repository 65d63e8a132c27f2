using System.Net;
using System.Net.Sockets;

namespace Experiments.Gateway.Tests.Support;

/// <summary>An address that refuses connections. It holds its port, so that no other test's server can come up there.</summary>
internal sealed class DeadService : IDisposable
{
    private readonly Socket _boundButNotListening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeadService() => _boundButNotListening.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Url => new($"http://{_boundButNotListening.LocalEndPoint}");

    public void Dispose() => _boundButNotListening.Dispose();
}
