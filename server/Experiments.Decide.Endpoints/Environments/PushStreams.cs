using Experiments.Client.Sources;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>
/// The streams on which environments hear of publishes, a bounded number of them over one HTTP client: a control server holds one for each
/// environment of each node. Environments beyond the bound are only polled until one that listens is forgotten; then the one that has waited
/// longest listens. Thread-safe.
/// </summary>
/// <param name="baseUrl">Of a control server, or of a gateway in front of it.</param>
/// <param name="maxStreams">How many there are at once; <see cref="MaxCount"/> but in tests.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told once, when the bound is first reached.</param>
internal sealed partial class PushStreams(Uri baseUrl, int maxStreams, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How many environments of a node listen at once: 20 nodes then hold about 5,000 streams, whatever they keep.</summary>
    public const int MaxCount = 256;

    private readonly HttpClient _http = PublishListener.CreateClient();

    // Not disposed: an environment may give its place back after this is, and a semaphore whose wait handle nobody asks for holds nothing.
    private readonly SemaphoreSlim _places = new(maxStreams);
    private int _saidFull;

    /// <summary>Waits for a place, then listens until cancelled. Never throws.</summary>
    /// <param name="environment">Whose publishes.</param>
    /// <param name="poll">Looks at the store.</param>
    /// <param name="log">Is told once when events stop and once when they are back.</param>
    /// <param name="cancellationToken">Ends it and makes room for another environment.</param>
    public async Task ListenAsync(string environment, Func<CancellationToken, Task> poll, ILogger log, CancellationToken cancellationToken)
    {
        Task place = _places.WaitAsync(cancellationToken);
        if (!place.IsCompleted && Interlocked.Exchange(ref _saidFull, 1) == 0)
        {
            LogFull(logger, maxStreams, baseUrl);
        }

        await place.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!place.IsCompletedSuccessfully)
        {
            return; // Cancelled while it waited.
        }

        try
        {
            await new PublishListener(environment, baseUrl, _http, poll, time, Random.Shared, log).RunAsync(cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Closes what is still open.</summary>
    public void Dispose() => _http.Dispose();

    [LoggerMessage(4005, LogLevel.Warning, "{MaxStreams} environments hear events from {Url}, and no more do: the others are only polled")]
    private static partial void LogFull(ILogger logger, int maxStreams, Uri url);
}
