using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>
/// A loopback port before another one, for any protocol in which one side asks and the other answers (HTTP/1.1, PostgreSQL): it can hold up each
/// call, answer in the server's place, and refuse connections. The proxy of the SDK's fault tests knows HTTP, and only requests without bodies.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly ConcurrentDictionary<Socket, Task> _clients = new();
    private readonly int _upstreamPort;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Listens at once, whether anything listens behind it or not.</summary>
    public TcpProxy(int upstreamPort)
    {
        _upstreamPort = upstreamPort;
        Accept();
    }

    public int Port { get; } = FreePort.Next();

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>How long each call is held up: what a client sends after it was answered, or first of all.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Sees the first bytes of each call; what it answers goes to the client, whose connection then ends. Null asks the server.</summary>
    public Func<ReadOnlyMemory<byte>, byte[]?>? AnswerInPlace { get; set; }

    /// <summary>New connections are refused by the kernel, and those that exist are reset.</summary>
    public void Refuse()
    {
        _listener?.Dispose();
        _listener = null;
        foreach (Socket client in _clients.Keys)
        {
            Reset(client);
        }
    }

    /// <summary>Ends <see cref="Refuse"/>.</summary>
    public void Accept()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        Refuse();
        await _accepting;
        await Task.WhenAll(_clients.Values);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                Socket client = await listener.AcceptSocketAsync();
                var isListed = new TaskCompletionSource();
                _clients[client] = ServeAsync(client, isListed.Task);
                isListed.SetResult();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return; // Refusing.
            }
        }
    }

    private async Task ServeAsync(Socket client, Task isListed)
    {
        await isListed;
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _upstreamPort);
            var turn = new ProxyTurn();
            await Task.WhenAll(PassCallsAsync(client, server, turn), PassAnswersAsync(server, client, turn));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side went away. The other learns of it in the same way: an end in good order might pass for a whole answer.
            Reset(client);
        }
        finally
        {
            client.Dispose();
            _clients.TryRemove(client, out _);
        }
    }

    private async Task PassCallsAsync(Socket client, Socket server, ProxyTurn turn)
    {
        byte[] buffer = new byte[BufferBytes];
        for (int read; (read = await ReceiveAsync(client, buffer, server)) > 0;)
        {
            ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, read);
            if (turn.BeginCall())
            {
                if (AnswerInPlace?.Invoke(bytes) is { } answer)
                {
                    await EndWithAsync(client, answer, buffer);
                    server.Close();
                    return;
                }

                if (Delay > TimeSpan.Zero)
                {
                    await Pause.ForAsync(Delay);
                }
            }

            await SendAsync(server, bytes);
        }

        server.Shutdown(SocketShutdown.Send);
    }

    private static async Task PassAnswersAsync(Socket server, Socket client, ProxyTurn turn)
    {
        byte[] buffer = new byte[BufferBytes];
        for (int read; (read = await ReceiveAsync(server, buffer, client)) > 0;)
        {
            turn.EndCall();
            await SendAsync(client, buffer.AsMemory(0, read));
        }

        client.Shutdown(SocketShutdown.Send);
    }

    /// <summary>A client that is still sending must be heard out, or the answer is lost with the connection.</summary>
    private static async Task EndWithAsync(Socket client, byte[] answer, byte[] buffer)
    {
        await SendAsync(client, answer);
        client.Shutdown(SocketShutdown.Send);
        while (await client.ReceiveAsync(buffer) > 0)
        {
        }
    }

    private static async Task<int> ReceiveAsync(Socket from, byte[] buffer, Socket other)
    {
        try
        {
            return await from.ReceiveAsync(buffer);
        }
        catch (SocketException)
        {
            // Or the other direction would wait for a side that no longer hears anything.
            Reset(other);
            throw;
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }
    }
}
