using Experiments.Control.Differences;

namespace Experiments.Control.Api.Responses;

/// <summary>What was published, or would be.</summary>
internal sealed record PublishResponse(
    bool DryRun, long? Version, DateTimeOffset? PublishedAt, string? Sha256, IReadOnlyList<Change> Changes, string Text);
