using System.Net;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Control.Tests.Api;

public sealed class StoreFailureHandlerTests : IAsyncLifetime
{
    private const string Reason = "/srv/secret/experiments.db: the disk is gone";
    private const string Id = "5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00";

    private readonly TempDirectory _directory = new();
    private ControlServer? _server;

    public async Task InitializeAsync() => _server = await ControlServer.StartAsync(
        _directory, services: services => services.AddSingleton<IDefinitionStore>(new BrokenDefinitionStore(Reason)));

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("GET", "/environments", null)]
    [InlineData("GET", $"/experiments/{Id}", null)]
    [InlineData("POST", "/environments", """{"name":"a"}""")]
    [InlineData("PATCH", $"/experiments/{Id}/status", """{"status":"RUNNING"}""")]
    [InlineData("DELETE", $"/audiences/{Id}", null)]
    [InlineData("POST", $"/experiments/{Id}/publish", null)]
    public async Task AnyRoute_DefinitionStoreFails_Answers503WithoutThePath(string method, string path, string? body)
    {
        string error = (await _server!.Api.SendAsync(new HttpMethod(method), path, body)).ExpectProblem(HttpStatusCode.ServiceUnavailable);

        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.Contains(_server.Errors, logged => logged.Contains(Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_DefinitionStoreFails_IsNotWell() =>
        (await _server!.Api.GetAsync("/health")).ExpectProblem(HttpStatusCode.ServiceUnavailable);
}
