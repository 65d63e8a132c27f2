using System.Text.Json;
using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>A variant in answers.</summary>
internal sealed record VariantResponse(Guid Id, string Key, string Name, JsonElement? Payload, Guid ExperimentId)
{
    public static VariantResponse From(VariantDefinition variant, Guid experimentId) =>
        new(variant.Id, variant.Key, variant.Name, variant.Payload, experimentId);
}
