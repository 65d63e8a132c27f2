using Experiments.Control.Storage;

namespace Experiments.Control.Api.Responses;

/// <summary>One version of an environment's snapshot and what became of it.</summary>
internal sealed record VersionResponse(
    long Version, string Status, DateTimeOffset ClaimedAt, DateTimeOffset? PublishedAt, string? Sha256, int ExperimentCount,
    int FlagCount, string? Actor, string? Note, string? Error)
{
    public static VersionResponse From(PublicationRecord publication) => new(
        publication.Version,
        publication.Status switch
        {
            PublicationStatus.Published => "PUBLISHED",
            PublicationStatus.Failed => "FAILED",
            _ => "CLAIMED",
        },
        publication.ClaimedAt,
        publication.PublishedAt,
        publication.Sha256,
        publication.ExperimentCount,
        publication.FlagCount,
        publication.Actor,
        publication.Note,
        publication.Error);
}
