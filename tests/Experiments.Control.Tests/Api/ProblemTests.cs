using System.Net;
using System.Text;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>The form of errors, whoever finds the fault: our code, routing, or the server itself.</summary>
public sealed class ProblemTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("GET", "/nothing-here")]
    [InlineData("GET", "/api/nothing-here")]
    [InlineData("POST", "/environments/a/b/c")]
    [InlineData("GET", "/experiments/x/variants/y/z")]
    [InlineData("GET", "/configs")]
    [InlineData("DELETE", "/decide")]
    public async Task AnyMethod_UnknownRoute_Answers404(string method, string path) =>
        (await Api.SendAsync(new HttpMethod(method), path)).ExpectProblem(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("DELETE", "/environments", "GET, POST")]
    [InlineData("PUT", "/environments/5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00", "GET, PATCH")]
    [InlineData("PUT", "/audiences", "GET, POST")]
    [InlineData("POST", "/audiences/5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00", "DELETE, GET, PATCH")]
    [InlineData("PUT", "/experiments", "GET, POST")]
    [InlineData("GET", "/experiments/5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00/status", "PATCH")]
    [InlineData("GET", "/experiments/5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00/publish", "POST")]
    [InlineData("POST", "/experiments/5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00/allocations", "PUT")]
    [InlineData("POST", "/health", "GET, HEAD")]
    public async Task AnyMethod_KnownPathOtherMethod_Answers405NamingTheAllowedOnes(string method, string path, string allowed)
    {
        Answer answer = await Api.SendAsync(new HttpMethod(method), path);

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(allowed, string.Join(", ", answer.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Post_OtherContentType_Answers415(string contentType)
    {
        using var content = new ByteArrayContent("""{"name":"a"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await Api.SendAsync(HttpMethod.Post, "/environments", content)).ExpectProblem(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Post_NoContentType_Answers415()
    {
        using var content = new ByteArrayContent("""{"name":"a"}"""u8.ToArray());

        (await Api.SendAsync(HttpMethod.Post, "/environments", content)).ExpectProblem(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    public async Task Post_JsonContentTypeInAnyForm_IsTaken(string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"name":"{{ApiClient.NewName("type")}}"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await Api.SendAsync(HttpMethod.Post, "/environments", content)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Problem_OfEveryStatus_HasTheUsualMembers()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        (HttpStatusCode Status, Answer Answer)[] answers =
        [
            (HttpStatusCode.BadRequest, await Api.PostAsync("/environments", "{}")),
            (HttpStatusCode.NotFound, await Api.GetAsync($"/environments/{Guid.NewGuid()}")),
            (HttpStatusCode.Conflict, await Api.PostAsync("/environments", new { name = scenario.EnvironmentName })),
            (HttpStatusCode.UnprocessableEntity, await Api.PatchAsync($"{scenario.Path}/status", new { status = "PAUSED" })),
        ];

        foreach ((HttpStatusCode status, Answer answer) in answers)
        {
            string error = answer.ExpectProblem(status);
            Assert.Equal(error, answer["detail"].GetString());
            Assert.StartsWith("https://tools.ietf.org/html/rfc", answer["type"].GetString(), StringComparison.Ordinal);
            Assert.StartsWith("/", answer["instance"].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Problem_Instance_IsThePathOfTheRequest()
    {
        Answer answer = await Api.GetAsync("/api/environments/a%20b%C3%BC?page=1");

        answer.ExpectProblem(HttpStatusCode.NotFound);
        Assert.Equal("/api/environments/a%20b%C3%BC", answer["instance"].GetString());
    }

    [Fact]
    public async Task Problem_CallerThatAcceptsOnlyHtml_IsJsonAllTheSame()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing-here") { Headers = { { "Accept", "text/html" } } };

        (await Api.SendAsync(request)).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    public async Task Health_Always_AnswersOk(string path)
    {
        Answer answer = (await Api.GetAsync(path)).Expect(HttpStatusCode.OK);

        Assert.Equal("""{"status":"ok"}""", answer.Text);
        Assert.Equal(JsonValueKind.Object, answer.Json.ValueKind);
    }
}
