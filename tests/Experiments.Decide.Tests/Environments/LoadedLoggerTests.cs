using Experiments.Client;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Environments;

public sealed class LoadedLoggerTests
{
    [Theory]
    [InlineData(1002, false, 0)]
    [InlineData(1011, false, 0)]
    [InlineData(1012, false, 0)]
    [InlineData(1001, false, 1)]
    [InlineData(1002, true, 1)]
    [InlineData(1011, true, 1)]
    [InlineData(1012, true, 1)]
    public async Task Log_NoSnapshot_PassesProblemsOfNamedEnvironmentsOnly(int eventId, bool isNamed, int lines)
    {
        using var nothing = new FakeSource();
        await using var environment = new DecideEnvironment(
            "prod", nothing, new ExperimentsOptions(), metrics: null, new FakeTimeProvider(), NullLogger.Instance, isNamed);
        var log = new FakeLogger();
        new LoadedLogger(log, environment).Log(LogLevel.Warning, new EventId(eventId), "a line", null, static (line, _) => line);
        Assert.Equal(lines, log.Collector.Count);
    }

    [Theory]
    [InlineData(1002)]
    [InlineData(1011)]
    [InlineData(1012)]
    public async Task Log_WithASnapshot_PassesEverything(int eventId)
    {
        using var source = new FakeSource();
        source.Publish("prod", 1);
        await using var environment = new DecideEnvironment(
            "prod", source, new ExperimentsOptions(), metrics: null, new FakeTimeProvider(), NullLogger.Instance);
        await environment.FirstPoll;
        var log = new FakeLogger();
        new LoadedLogger(log, environment).Log(LogLevel.Warning, new EventId(eventId), "a line", null, static (line, _) => line);
        Assert.Equal(1, log.Collector.Count);
    }
}
