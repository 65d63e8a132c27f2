using System.Net;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests.Problems;

public sealed class RoutingProblemTests : IAsyncLifetime
{
    private readonly SnapshotStore _store = new();
    private DecideServer _server = null!;

    public async Task InitializeAsync() => _server = await DecideServer.StartAsync(_store);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [InlineData("GET", "/nope", "No route matches GET /nope")]
    [InlineData("POST", "/api/nope?user_key=x", "No route matches POST /api/nope")]
    [InlineData("GET", "/", "No route matches GET /")]
    [InlineData("DELETE", "/decide", "/decide does not allow DELETE; it allows GET, POST")]
    [InlineData("PUT", "/api/decide", "/api/decide does not allow PUT; it allows GET, POST")]
    [InlineData("POST", "/health", "/health does not allow POST; it allows GET, HEAD")]
    public async Task Route_UnknownPathOrMethod_SaysWhat(string method, string path, string error) =>
        (await _server.SendAsync(new HttpMethod(method), path)).AssertProblem(
            error.StartsWith('/') ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.NotFound, error);

    [Fact]
    public async Task Head_Decide_Answers405WithoutBody()
    {
        Answer answer = await _server.SendAsync(HttpMethod.Head, "/decide?user_key=u&env=prod");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Empty(answer.Body);
        Assert.Equal("GET, POST", answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData("image/png;q=0.1")]
    public async Task Error_WhateverIsAccepted_IsProblemDetails(string accept)
    {
        (await _server.SendAsync(HttpMethod.Get, "/nope", accept: accept)).AssertProblem(HttpStatusCode.NotFound, "No route matches GET /nope");
        (await _server.SendAsync(HttpMethod.Get, "/decide", accept: accept)).AssertProblem(HttpStatusCode.BadRequest, "user_key is missing");
    }

    [Fact]
    public async Task Error_LongPath_IsShortened()
    {
        Answer answer = await _server.GetAsync($"/{new string('x', 5000)}");
        answer.AssertProblem(HttpStatusCode.NotFound, $"No route matches GET /{new string('x', 199)}...");
    }
}
