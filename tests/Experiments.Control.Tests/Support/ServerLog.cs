using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Tests.Support;

/// <summary>Keeps what is logged as a warning or worse.</summary>
internal sealed class ServerLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Warnings and errors, in order, for failure messages.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string line = $"{formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        if (logLevel >= LogLevel.Error)
        {
            _errors.Enqueue(line);
        }
    }

    public void Dispose()
    {
    }
}
