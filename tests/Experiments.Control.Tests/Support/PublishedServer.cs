namespace Experiments.Control.Tests.Support;

/// <summary>A server with one published version of a running experiment, for tests that only read. An xunit fixture.</summary>
public sealed class PublishedServer : IAsyncLifetime
{
    public ControlServer Server { get; } = new();

    internal ExperimentScenario Scenario { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        Scenario = await Server.Api.CreateScenarioAsync("RUNNING");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Server.DisposeAsync();
}
