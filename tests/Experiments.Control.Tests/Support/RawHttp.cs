using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Experiments.Control.Tests.Support;

/// <summary>A request on a socket of its own, byte by byte as given: what clients would never send.</summary>
internal static class RawHttp
{
    /// <param name="server">Where to.</param>
    /// <param name="request">Request line and headers, each ended by CRLF; Host and Connection are added.</param>
    /// <param name="body">After the headers; its length is added as Content-Length.</param>
    public static async Task<Answer> SendAsync(Uri server, string request, byte[]? body = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using NetworkStream stream = client.GetStream();
        string length = body is null ? "" : $"Content-Length: {body.Length}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{request}Host: {server.Authority}\r\nConnection: close\r\n{length}\r\n"));
        await stream.WriteAsync(body ?? []);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received);
        return Parse(received.ToArray());
    }

    public static Task<Answer> GetAsync(Uri server, string target) => SendAsync(server, $"GET {target} HTTP/1.1\r\n");

    private static Answer Parse(byte[] received)
    {
        int end = received.AsSpan().IndexOf("\r\n\r\n"u8);
        Assert.True(end > 0, $"No HTTP answer: {Encoding.Latin1.GetString(received)}");
        string[] lines = Encoding.Latin1.GetString(received, 0, end).Split("\r\n");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string[] header in lines.Skip(1).Select(line => line.Split(": ", 2)))
        {
            headers[header[0]] = header[1];
        }

        var status = (System.Net.HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        string? contentType = headers.GetValueOrDefault("Content-Type")?.Split(';')[0];
        return new Answer(status, contentType, headers, received[(end + 4)..]);
    }
}
