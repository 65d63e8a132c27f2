using System.Text.Json.Serialization;
using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>A holdout in answers.</summary>
internal sealed record HoldoutResponse(
    Guid Id,
    string Name,
    Guid EnvironmentId,
    string? Tag,
    decimal Share,
    string Salt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore] long Revision) : IRevisioned
{
    public static HoldoutResponse From(HoldoutDefinition holdout) => new(
        holdout.Id,
        holdout.Name,
        holdout.EnvironmentId,
        holdout.Tag,
        SplitResponse.ShareOf(holdout.Share),
        holdout.Salt,
        holdout.CreatedAt,
        holdout.UpdatedAt,
        holdout.Revision);
}
