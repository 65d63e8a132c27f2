using Experiments.Client.Snapshots;

namespace Experiments.Client.Sources;

internal sealed partial class SnapshotPoller
{
    private PollResult ReportAbsent(SourceObjectStatus status)
    {
        // One that came with the program was never published here.
        CompiledSnapshot? held = snapshots.Current is { IsBootstrap: false } published ? published : null;
        if (status == SourceObjectStatus.Missing)
        {
            return held is null
                ? Settle(PollResult.Missing)
                : Report(PollResult.Missing, $"nothing is published any more; version {held.Version} stays");
        }

        if (status == SourceObjectStatus.NotModified)
        {
            return Report(PollResult.Failed, "the store answered 304 where nothing was held that could be unmodified");
        }

        return held is null
            ? Report(PollResult.Missing, "the store denies access (403): taken as \"not published\"; without ListBucket S3 answers so")
            : Report(PollResult.Failed, "the store denies access (403)");
    }

    private PollResult Settle(PollResult result)
    {
        if (result is PollResult.Loaded or PollResult.Unchanged)
        {
            Volatile.Write(ref _confirmedAt, time.GetTimestamp());
            _isConfirmed = true;
        }

        if (_problem is not null)
        {
            _problem = null;
            LogRecovered(logger, environment);
        }

        return result;
    }

    private PollResult ReportFailure(Exception exception)
    {
        try
        {
            return Report(PollResult.Failed, exception is OperationCanceledException ? "the store did not answer in time" : FailureWords.Of(exception));
        }
#pragma warning disable CA1031 // A log that cannot be written does not end the poll loop either.
        catch (Exception)
#pragma warning restore CA1031
        {
            return PollResult.Failed;
        }
    }

    private PollResult Report(PollResult result, string problem)
    {
        problem = OneLine(problem);

        // Once for each problem, not once for each poll.
        if (!string.Equals(_problem, problem, StringComparison.Ordinal))
        {
            _problem = problem;
            LogProblem(logger, environment, source.Location, problem);
        }

        return result;
    }

    /// <summary>Parts of it come from the store: a format that is a whole object, an environment with line breaks.</summary>
    private static string OneLine(string problem)
    {
        string cut = problem.Length <= MaxProblemLength ? problem : string.Concat(problem.AsSpan(0, MaxProblemLength), "...");
        return string.Create(cut.Length, cut, static (line, text) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
    }

    private static string Join(IReadOnlyList<string> faults) => string.Join("; ", faults);
}
