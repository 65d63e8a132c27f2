using System.Net;
using System.Text.Json;
using Experiments.Decide.Endpoints.Problems;
using Experiments.Decide.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Experiments.Decide.Tests.Problems;

/// <summary>What every server of the product does with errors, on a server with endpoints made to fail.</summary>
public sealed class ProblemExtensionsTests : IAsyncLifetime
{
    private readonly FakeLogCollector _logs = new();
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(_logs));
        builder.Services.AddProblemDetails();
        builder.Services.AddExperimentsProblems();
        _app = builder.Build();
        _app.UseExperimentsProblems();
        Map("/boom", _ => throw new JsonException("secret"));
        Map("/bad", _ => throw new BadHttpRequestException("The sentence.", StatusCodes.Status413PayloadTooLarge));
        Map("/status", context =>
        {
            context.Response.StatusCode = int.Parse(context.Request.Query["code"]!);
            return Task.CompletedTask;
        });
        Map("/result", context => TypedResults.Problem("The \"detail\"", statusCode: 422, extensions: new Dictionary<string, object?>
        {
            ["text"] = "t", ["number"] = 1, ["flag"] = true, ["list"] = new[] { "a", "b" }, ["nothing"] = null, ["error"] = "ignored",
        }).ExecuteAsync(context));
        Map("/wait", async context =>
        {
            _entered.TrySetResult();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            }
            finally
            {
                _left.TrySetResult();
            }
        });
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());

        void Map(string path, RequestDelegate answer) => _app.MapGet(path, answer);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Exception_Unexpected_Is500WithoutInternalsAndIsLogged()
    {
        Answer answer = await GetAsync("/boom");
        answer.AssertProblem(HttpStatusCode.InternalServerError, "GET /boom failed inside the server; its log says why");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        await FinishRequestsAsync();
        Assert.Contains(_logs.GetSnapshot(), record => record.Level == LogLevel.Error && record.Exception is JsonException);
    }

    [Fact]
    public async Task Exception_BadRequest_KeepsStatusAndReasonAndIsNotLogged()
    {
        (await GetAsync("/bad")).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "The sentence");
        await FinishRequestsAsync();
        AssertNothingLogged();
    }

    [Fact]
    public async Task Exception_ClientGone_IsNotLogged()
    {
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> request = _http.GetAsync(new Uri("/wait", UriKind.Relative), cancellation.Token);
        await _entered.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await _left.Task;
        await FinishRequestsAsync();
        AssertNothingLogged();
    }

    [Theory]
    [InlineData(400, "GET /status is malformed")]
    [InlineData(405, "/status does not allow GET")]
    [InlineData(413, "The body of GET /status is too large")]
    [InlineData(415, "The body of GET /status must be JSON in UTF-8, sent with Content-Type: application/json")]
    [InlineData(429, "GET /status was answered 429 Too Many Requests")]
    [InlineData(503, "GET /status was answered 503 Service Unavailable")]
    public async Task Status_WithoutBody_GetsASentence(int status, string error) =>
        (await GetAsync($"/status?code={status}")).AssertProblem((HttpStatusCode)status, error);

    [Fact]
    public async Task Problem_WithExtensions_WritesTheUsualMembersFirst()
    {
        Answer answer = await GetAsync("/result");
        answer.AssertProblem(HttpStatusCode.UnprocessableEntity, "The \"detail\"");
        Assert.Equal(
            ["type", "title", "status", "detail", "instance", "error", "text", "number", "flag", "list", "nothing"],
            answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.EndsWith(
            """
            ,"error":"The \"detail\"","text":"t","number":1,"flag":true,"list":["a","b"],"nothing":null}
            """,
            answer.Text,
            StringComparison.Ordinal);
    }

    /// <summary>The exception handler writes its log after the answer: a client may have that first.</summary>
    private Task FinishRequestsAsync() => _app.StopAsync();

    private void AssertNothingLogged() => Assert.DoesNotContain(_logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);

    private async Task<Answer> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response);
    }
}
