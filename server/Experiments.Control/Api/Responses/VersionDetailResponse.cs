using System.Text.Json;
using Experiments.Control.Operations;
using Experiments.Control.Storage;

namespace Experiments.Control.Api.Responses;

/// <summary>One version with what it was made of.</summary>
internal sealed record VersionDetailResponse(
    long Version,
    string Status,
    DateTimeOffset ClaimedAt,
    DateTimeOffset? PublishedAt,
    string? Sha256,
    int ExperimentCount,
    int FlagCount,
    string? Actor,
    string? Note,
    string? Error,
    JsonElement? Definitions)
{
    public static VersionDetailResponse From(VersionView view)
    {
        VersionResponse version = VersionResponse.From(view.Publication);
        return new VersionDetailResponse(
            version.Version,
            version.Status,
            version.ClaimedAt,
            version.PublishedAt,
            version.Sha256,
            version.ExperimentCount,
            version.FlagCount,
            version.Actor,
            version.Note,
            version.Error,
            view.Content is null ? null : JsonSerializer.SerializeToElement(view.Content, StoredJsonContext.Default.EnvironmentContent));
    }
}
