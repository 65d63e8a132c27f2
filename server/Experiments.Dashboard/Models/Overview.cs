using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Dashboard.Models;

/// <summary>What the first page shows of an environment.</summary>
internal sealed record Overview
{
    /// <summary>Null where nothing was published.</summary>
    public required PublicationRecord? Live { get; init; }

    /// <summary>The last version, where publishing it failed.</summary>
    public required PublicationRecord? Failed { get; init; }

    public required StorePage<ExperimentDefinition> Running { get; init; }

    public required long ExperimentCount { get; init; }

    public required long FlagCount { get; init; }

    /// <summary>Changes that are asked for and not live.</summary>
    public required long Waiting { get; init; }

    public required IReadOnlyList<UpcomingStep> Next { get; init; }

    public required IReadOnlyList<AuditEntry> Recent { get; init; }

    public required IReadOnlyList<EnvironmentSummary> Environments { get; init; }
}
