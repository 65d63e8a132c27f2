using System.Diagnostics.Metrics;

namespace Experiments.Client.Diagnostics;

/// <summary>Counts looks at snapshot stores by what they came to: refused snapshots and pointers that went back are seen here.</summary>
internal sealed class PollMetrics(IMeterFactory? meters = null)
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Experiments.Client";

    /// <summary>Name of the counter; tags <c>result</c> and, where the environment has a snapshot, <c>environment</c>.</summary>
    public const string PollsName = "experiments.client.polls";

    private readonly Counter<long> _polls = (meters?.Create(MeterName) ?? new Meter(MeterName)).CreateCounter<long>(
        PollsName, unit: "{poll}", description: "Looks at the snapshot store");

    /// <param name="environment">Null leaves the tag out.</param>
    /// <param name="result">What it came to.</param>
    public void Count(string? environment, string result)
    {
        if (!_polls.Enabled)
        {
            return;
        }

        var outcome = new KeyValuePair<string, object?>("result", result);
        if (environment is null)
        {
            _polls.Add(1, outcome);
        }
        else
        {
            _polls.Add(1, outcome, new KeyValuePair<string, object?>("environment", environment));
        }
    }
}
