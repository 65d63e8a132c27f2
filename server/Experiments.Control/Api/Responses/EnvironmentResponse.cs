using System.Text.Json.Serialization;
using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>An environment in answers.</summary>
internal sealed record EnvironmentResponse(
    Guid Id, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Publish, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, [property: JsonIgnore] long Revision) : IRevisioned
{
    public static EnvironmentResponse From(EnvironmentDefinition environment) =>
        new(environment.Id, environment.Name, environment.Publish == PublishMode.Manual ? PublishModes.NameOf(PublishMode.Manual) : null, environment.CreatedAt, environment.UpdatedAt, environment.Revision);

    /// <summary>Says how it is published also where that is the default.</summary>
    public static EnvironmentResponse WithMode(EnvironmentDefinition environment) =>
        From(environment) with { Publish = PublishModes.NameOf(environment.Publish) };
}
