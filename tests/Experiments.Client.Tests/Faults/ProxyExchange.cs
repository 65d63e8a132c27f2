using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Experiments.Client.Tests.Faults;

/// <summary>One request to the proxy and what can be done with it.</summary>
internal sealed class ProxyExchange(FaultProxy proxy, Socket client, string head)
{
    private const int BlankBytes = 64 * 1024;

    private static readonly string[] s_framing = ["Connection", "Content-Length", "Transfer-Encoding", "Keep-Alive"];

    private readonly string[] _lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Path and query.</summary>
    public string Target => _lines[0].Split(' ')[1];

    public bool IsClosed { get; private set; }

    /// <summary>Asks the real server.</summary>
    public async Task<ProxyAnswer> ForwardAsync()
    {
        var uri = new Uri(proxy.Upstream + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage request = new(new HttpMethod(_lines[0].Split(' ')[0]), uri);
        foreach (string line in _lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
        }

        using HttpResponseMessage response = await proxy.Http.SendAsync(request);
        var fields = new StringBuilder();
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!s_framing.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                fields.Append($"{name}: {string.Join(", ", values)}\r\n");
            }
        }

        return new ProxyAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync()) { Fields = fields.ToString() };
    }

    public async Task PassAsync() => await SendAsync(await ForwardAsync());

    public Task SendAsync(ProxyAnswer answer) => SendAsync((byte[])[.. answer.Head(), .. answer.Body]);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await client.SendAsync(bytes)..];
        }
    }

    /// <summary>The head and half of the body that it announces.</summary>
    public async Task SendHalfAsync()
    {
        ProxyAnswer answer = await ForwardAsync();
        byte[] head = answer.Head();
        await SendAsync(new ReadOnlyMemory<byte>([.. head, .. answer.Body])[..(head.Length + (answer.Body.Length / 2))]);
    }

    /// <summary>A piece at a time until the fault ends; what is left then comes at once.</summary>
    public async Task TrickleAsync(int pieceBytes, TimeSpan each)
    {
        ProxyAnswer answer = await ForwardAsync();
        ReadOnlyMemory<byte> bytes = (byte[])[.. answer.Head(), .. answer.Body];
        ProxyFault fault = proxy.Fault;
        using var timer = new PeriodicTimer(each);
        while (bytes.Length > pieceBytes && fault == proxy.Fault && await timer.WaitForNextTickAsync())
        {
            await SendAsync(bytes[..pieceBytes]);
            bytes = bytes[pieceBytes..];
        }

        await SendAsync(bytes);
    }

    /// <summary>A body of blanks; the caller is expected to go away.</summary>
    public async Task SendBlanksAsync(long count, bool announced)
    {
        await SendAsync(ProxyAnswer.HeadOf(HttpStatusCode.OK, "", announced ? count : null));
        byte[] blanks = new byte[BlankBytes];
        Array.Fill(blanks, (byte)' ');
        for (; count > 0; count -= blanks.Length)
        {
            await SendAsync(blanks.AsMemory(0, (int)Math.Min(count, blanks.Length)));
        }
    }

    /// <summary>Says nothing more, also after the fault has ended: the connection is dead. Ends when the client goes away.</summary>
    public async Task HangAsync()
    {
        proxy.BeginHang();
        try
        {
            while (await client.ReceiveAsync(new byte[1]) > 0)
            {
            }
        }
        finally
        {
            proxy.EndHang();
        }

        IsClosed = true;
    }

    public Task ResetAsync()
    {
        IsClosed = true;
        FaultProxy.Reset(client);
        return Task.CompletedTask;
    }

    /// <summary>Ends the connection in good order.</summary>
    public void Close()
    {
        IsClosed = true;
        client.Shutdown(SocketShutdown.Send);
    }
}
