using Experiments.Client.Sources;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Passes on what a poller and a listener log, but their problems only where the settings name the environment or once it has a
/// snapshot: until then any name that a client made up would log one, and <see cref="DecideEnvironments"/> logs those within a budget.</summary>
internal sealed class LoadedLogger(ILogger inner, DecideEnvironment environment) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsOfMadeUpNames(eventId.Id) || environment.IsNamed || environment.HasSnapshot)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private static bool IsOfMadeUpNames(int eventId) =>
        eventId is SnapshotPoller.ProblemEventId or PublishListener.LostEventId or PublishListener.BackEventId;
}
