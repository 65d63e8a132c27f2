using System.Text.Json.Serialization;
using Experiments.Client.Targeting;
using Experiments.Control.Operations;

namespace Experiments.Control.Api.Responses;

/// <summary>An audience in answers.</summary>
internal sealed record AudienceResponse(
    Guid Id,
    string Name,
    Guid EnvironmentId,
    EnvironmentResponse Environment,
    TargetingRuleDocument[] Rules,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore] long Revision) : IRevisioned
{
    public static AudienceResponse From(AudienceView view) => new(
        view.Audience.Id,
        view.Audience.Name,
        view.Audience.EnvironmentId,
        EnvironmentResponse.From(view.Environment),
        view.Audience.Rules,
        view.Audience.CreatedAt,
        view.Audience.UpdatedAt,
        view.Audience.Revision);
}
