using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Experiments.Client.Tests.Faults;

/// <summary>A proxy on a loopback port in front of a real server, whose behaviour tests switch. A connection gets the behaviour of the
/// moment of each request; refusing resets those that exist.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int MaxHeadBytes = 32 * 1024;

    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private readonly int _port = FreePort.Next();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private volatile ProxyFault _fault = ProxyFaults.Pass;
    private int _stuck;
    private int _hangsEnded;
    private int _requests;

    /// <param name="upstream">Scheme and authority of the real server.</param>
    public FaultProxy(string upstream)
    {
        Upstream = upstream.TrimEnd('/');
        Listen();
    }

    public string Upstream { get; }

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Asks the real server.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1), // A real server closes idle connections too, and has not failed then.
    });

    /// <summary>Requests whose answer will never come and whose client still waits.</summary>
    public int Stuck => Volatile.Read(ref _stuck);

    public int Requests => Volatile.Read(ref _requests);

    public ProxyFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            if (!value.Listens)
            {
                _listener?.Dispose();
                _listener = null;
                foreach (Socket client in _connections.Keys)
                {
                    Reset(client);
                }
            }
            else if (_listener is null)
            {
                Listen();
            }
        }
    }

    /// <summary>How many were stuck and are no more.</summary>
    public int HangsEnded => Volatile.Read(ref _hangsEnded);

    public static void Reset(Socket client)
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Close();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }
    }

    public void BeginHang() => Interlocked.Increment(ref _stuck);

    public void EndHang()
    {
        Interlocked.Decrement(ref _stuck);
        Interlocked.Increment(ref _hangsEnded);
    }

    public async ValueTask DisposeAsync()
    {
        Fault = ProxyFaults.Refused;
        await _accepting;
        await Task.WhenAll(_connections.Values);
        Http.Dispose();
    }

    private void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                Socket client = await listener.AcceptSocketAsync();
                var start = new TaskCompletionSource();
                _connections[client] = ServeAsync(client, start.Task);
                start.SetResult();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client, Task start)
    {
        await start;
        try
        {
            client.NoDelay = true;
            while (await ReadHeadAsync(client) is { } head)
            {
                Interlocked.Increment(ref _requests);
                var exchange = new ProxyExchange(this, client, head);
                await _fault.AnswerAsync(exchange);
                if (exchange.IsClosed)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or HttpRequestException)
        {
            // The client went away, or the test closed the connection.
        }
        finally
        {
            client.Dispose();
            _connections.TryRemove(client, out _);
        }
    }

    /// <summary>Null where the client closed the connection. Readers send no bodies.</summary>
    private static async Task<string?> ReadHeadAsync(Socket client)
    {
        byte[] buffer = new byte[MaxHeadBytes];
        int filled = 0;
        while (true)
        {
            int read = await client.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
            {
                return null;
            }

            filled += read;
            if (buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
            {
                return Encoding.ASCII.GetString(buffer, 0, filled);
            }
        }
    }
}
