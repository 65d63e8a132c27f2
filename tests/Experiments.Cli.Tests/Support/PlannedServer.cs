namespace Experiments.Cli.Tests.Support;

/// <summary>A real server with the routes that it does not have yet.</summary>
public sealed class PlannedServer : IAsyncLifetime
{
    private CannedServer _stub = null!;
    private PlannedRoutes _routes = null!;

    public ServerFixture Real { get; } = new();

    // SWITCH: answer Real.Url as soon as the server itself has export, apply, promote and explain, and delete PlannedRoutes.cs.
    public string Url => _stub.Url;

    public async Task InitializeAsync()
    {
        await Real.InitializeAsync();
        _routes = new PlannedRoutes(Real.Url);
        _stub = await CannedServer.StartAsync(_routes.AnswerAsync, answersEnvironments: false);
    }

    public async Task DisposeAsync()
    {
        await _stub.DisposeAsync();
        _routes.Dispose();
        await Real.DisposeAsync();
    }
}
