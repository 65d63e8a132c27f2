using System.Collections.Concurrent;
using Experiments.Client;
using Microsoft.Extensions.Logging;
using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Decisions;

/// <summary>What all feature managers of a container share. Thread-safe.</summary>
internal sealed partial class FeatureManagementRuntime(
    IFeatureDecider decider,
    ExperimentsFeatureManagementOptions options,
    FeatureManagementOptions featureManagementOptions,
    ILogger<FeatureManagementRuntime> logger)
{
    // Names come from code, but a caller may pass on what a request says: no more of them than this is kept or logged.
    private const int MaxReportedFeatures = 1_000;

    private readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);

    public IFeatureDecider Decider => decider;

    public ExperimentsFeatureManagementOptions Options => options;

    /// <summary>Whether the snapshot could not say anything about the feature.</summary>
    public static bool IsUnknown(Decision decision) => decision.Reason is DecisionReason.NotReady or DecisionReason.FlagNotFound;

    /// <summary>Treats an unknown feature as Microsoft.FeatureManagement does: a warning, here once per name, or an exception.</summary>
    /// <exception cref="FeatureManagementException">The snapshot has no such feature and the application does not ignore that.</exception>
    public void Report(string feature, Decision decision)
    {
        // A snapshot that is not there yet says nothing about the name, and an outage must not become exceptions.
        if (decision.Reason != DecisionReason.FlagNotFound)
        {
            return;
        }

        if (!featureManagementOptions.IgnoreMissingFeatures)
        {
            throw new FeatureManagementException(
                FeatureManagementError.MissingFeature,
                $"The feature '{feature}' is not in the snapshot of the environment '{decider.Environment}', version {decision.SnapshotVersion}.");
        }

        if (_reported.Count < MaxReportedFeatures && _reported.TryAdd(feature, true))
        {
            LogUnknownFeature(feature, decider.Environment, decision.SnapshotVersion);
        }
    }

    [LoggerMessage(
        EventId = 1,
        EventName = "UnknownFeature",
        Level = LogLevel.Warning,
        Message = "The feature '{Feature}' is not in the snapshot of the environment '{Environment}', version {SnapshotVersion}: it is off")]
    private partial void LogUnknownFeature(string feature, string environment, long snapshotVersion);
}
