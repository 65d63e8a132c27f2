using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Experiments.EndToEnd.Tests;

/// <summary>SIGTERM under load: whoever hears that the process is not ready has not lost a request.</summary>
public sealed class ShutdownTests
{
    [Theory]
    [InlineData(ProductProgram.Server)]
    [InlineData(ProductProgram.Decide)]
    public async Task Stop_UnderLoad_SaysThatItIsNotReadyAndAnswersAllThatItTook(ProductProgram program)
    {
        await using ProductProcess process = await ProductProcess.StartAsync(program, [("DrainPeriod", "00:00:03"), ("RateLimit:Enabled", "false")]);
        Assert.Equal("{\"status\":\"live\"}", await process.Http.GetStringAsync("/health/live"));
        Assert.Equal("{\"status\":\"ready\"}", await process.Http.GetStringAsync("/api/health/ready"));
        using var isNotReady = new CancellationTokenSource();
        int answered = 0;
        Task[] callers =
        [
            .. Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                while (!isNotReady.IsCancellationRequested)
                {
                    using HttpResponseMessage response = await process.Http.GetAsync(new Uri($"/health?caller={i}", UriKind.Relative));
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                    Interlocked.Increment(ref answered);
                }
            })),
        ];
        await Eventually.HoldsAsync(() => answered > 100, "there is load");

        Task<int> stopping = process.StopAsync();
        await Eventually.HoldsAsync(
            async cancellation =>
            {
                using HttpResponseMessage ready = await process.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
                return ready.StatusCode == HttpStatusCode.ServiceUnavailable
                    && await ready.Content.ReadAsStringAsync(cancellation) == "{\"status\":\"not ready\",\"reasons\":{\"process\":\"it is stopping\"}}";
            },
            "it says that it is stopping");
        await isNotReady.CancelAsync();
        await Task.WhenAll(callers);

        Assert.Equal(0, await stopping);
    }

    [Theory]
    [InlineData(ProductProgram.Server)]
    [InlineData(ProductProgram.Decide)]
    public async Task Stop_ARequestIsUnderWayWhenTheDrainEnds_IsAnsweredWholeWhileNobodyElseIsLetIn(ProductProgram program)
    {
        await using ProductProcess process = await ProductProcess.StartAsync(program, [("DrainPeriod", "00:00:01"), ("RateLimit:Enabled", "false")]);

        // Blanks first: Kestrel gives up a body that comes at less than 240 bytes a second on average.
        string body = new string(' ', 32 * 1024) + "{\"env\":\"nobody\",\"user_key\":\"u\"}";
        (HttpStatusCode status, string answer) = await PostAsync(process, body);
        Uri url = new(process.Url);
        using TcpClient slow = new();
        await slow.ConnectAsync(url.Host, url.Port);
        NetworkStream stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/decide HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"));

        // Kestrel says so once the program reads the body: the request is under way.
        const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
        byte[] interim = new byte[Continue.Length];
        await stream.ReadExactlyAsync(interim);
        Assert.Equal(Continue, Encoding.ASCII.GetString(interim));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[..^1]));

        Task<int> stopping = process.StopAsync();
        await Eventually.HoldsAsync(cancellation => IsRefusedAsync(url, cancellation), "the drain has ended: nobody is let in any more");
        Assert.False(stopping.IsCompleted, "It does not wait for what is under way.");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[^1..]));
        using StreamReader reader = new(stream, Encoding.UTF8);
        string whole = await reader.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {(int)status} ", whole, StringComparison.Ordinal);
        Assert.Contains(answer, whole, StringComparison.Ordinal);
        Assert.Equal(0, await stopping);
        Assert.True(await IsRefusedAsync(url, CancellationToken.None));
    }

    private static async Task<(HttpStatusCode Status, string Answer)> PostAsync(ProductProcess process, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await process.Http.PostAsync(new Uri("/api/decide", UriKind.Relative), content);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.NotEmpty(answer);
        return (response.StatusCode, answer);
    }

    private static async Task<bool> IsRefusedAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            using TcpClient another = new();
            await another.ConnectAsync(url.Host, url.Port, cancellation);
            return false;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }
}
