using System.Net;
using System.Text;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ImpactRefusalTests(PublishedServer published) : IClassFixture<PublishedServer>
{
    private const int MaxLineBytes = 64 * 1024;

    private ApiClient Api => published.Server.Api;

    private string EnvironmentId => published.Scenario.EnvironmentId;

    [Theory]
    [InlineData("""{"context":{}}""", "line 1: user_key is missing")]
    [InlineData("""{"user_key":""}""", "line 1: user_key is empty")]
    [InlineData("""{"user_key":1}""", "line 1: user_key must be a string")]
    [InlineData("""{"user_key":"u","context":null}""", "line 1: Invalid context JSON")]
    [InlineData("\n\n[]", "line 3: it is not a JSON object")]
    [InlineData("""{"user_key":"u"} {}""", "line 1: it is not valid JSON: see line 1, byte 18")]
    [InlineData("", "The body has no lines; one {\"user_key\", \"context\"} for each user is expected")]
    [InlineData("\n \r\n", "The body has no lines; one {\"user_key\", \"context\"} for each user is expected")]
    public async Task Impact_FirstLineIsBad_Is400(string lines, string expected) =>
        Assert.Equal(expected, (await Api.ImpactAsync(EnvironmentId, lines)).ExpectProblem(HttpStatusCode.BadRequest));

    [Fact]
    public async Task Impact_LaterLineIsBad_EndsWithItsNumber()
    {
        string[] lines = [.. Enumerable.Range(0, 16).Select(static i => ApiClient.Line($"u{i}")), "{", ApiClient.Line("more")];
        Assert.StartsWith("line 17: it is not valid JSON", await ErrorAsync(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Impact_LongLine_EndsWithItsNumber()
    {
        string longest = ApiClient.Line("u", new { x = new string('x', MaxLineBytes - ApiClient.Line("u", new { x = "" }).Length) });
        Assert.Equal(MaxLineBytes, longest.Length);

        Assert.Equal($"line 3: it is longer than {MaxLineBytes} bytes", await ErrorAsync(longest, longest, longest + " ", longest));
        Assert.Equal(
            $"line 2: it is longer than {MaxLineBytes} bytes", await ErrorAsync(longest, new string('x', 10 * MaxLineBytes)));
    }

    [Fact]
    public async Task Impact_TooManyLines_EndsWithTheLimit()
    {
        string line = ApiClient.Line("u");
        Assert.Equal("line 100001: there are more than 100000 lines", await ErrorAsync([.. Enumerable.Repeat(line, 100_001)]));
    }

    [Fact]
    public async Task Impact_ByteOrderMarkAndCarriageReturns_AreRead()
    {
        Answer answer = await Api.ImpactAsync(EnvironmentId, "\uFEFF" + ApiClient.Line("a") + "\r", ApiClient.Line("b") + "\r", "");
        Assert.Equal(2, answer.Expect(HttpStatusCode.OK)["result"].GetProperty("contexts").GetInt32());
    }

    [Fact]
    public async Task Impact_UnknownEnvironment_Is404()
    {
        (await Api.ImpactAsync(Guid.NewGuid().ToString(), ApiClient.Line("u"))).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.ImpactAsync("none", ApiClient.Line("u"))).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Impact_AnotherType_Is415()
    {
        using var content = new StringContent(ApiClient.Line("u"), Encoding.UTF8, "text/plain");
        (await Api.SendAsync(HttpMethod.Post, $"/environments/{EnvironmentId}/impact", content))
            .ExpectProblem(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Impact_JsonType_IsTaken()
    {
        using HttpContent content = ApiClient.Json(ApiClient.Line("u"));
        (await Api.SendAsync(HttpMethod.Post, $"/environments/{EnvironmentId}/impact", content)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Impact_CallerGoesAway_EndsQuietly()
    {
        using var directory = new TempDirectory();
        await using ControlServer server = await ControlServer.StartAsync(directory);
        ExperimentScenario scenario = await server.Api.CreateScenarioAsync("RUNNING");
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var content = new EndlessLines(started);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/environments/{scenario.EnvironmentId}/impact") { Content = content };

        Task<HttpResponseMessage> response = server.Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation.Token);
        await started.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);

        // A server that stops waits for the requests it is still answering, 30 s at most.
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(server.Errors);
    }

    private async Task<string> ErrorAsync(params string[] lines)
    {
        Answer answer = (await Api.ImpactAsync(EnvironmentId, lines)).Expect(HttpStatusCode.OK);
        string last = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return JsonElement.Parse(last).GetProperty("error").GetString()!;
    }

    /// <summary>Sends a few lines and then nothing until it is cancelled.</summary>
    private sealed class EndlessLines : HttpContent
    {
        private readonly TaskCompletionSource _started;

        public EndlessLines(TaskCompletionSource started)
        {
            _started = started;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(ApiClient.Line("u") + "\n"), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
