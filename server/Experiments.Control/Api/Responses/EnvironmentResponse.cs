using System.Text.Json.Serialization;
using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>An environment in answers.</summary>
internal sealed record EnvironmentResponse(
    Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, [property: JsonIgnore] long Revision) : IRevisioned
{
    public static EnvironmentResponse From(EnvironmentDefinition environment) =>
        new(environment.Id, environment.Name, environment.CreatedAt, environment.UpdatedAt, environment.Revision);
}
