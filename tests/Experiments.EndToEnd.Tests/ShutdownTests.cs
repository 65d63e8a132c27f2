using System.Net;

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
}
