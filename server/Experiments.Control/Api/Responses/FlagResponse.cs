using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Api.Responses;

/// <summary>A flag in answers: what is absent is null, never left out.</summary>
internal sealed record FlagResponse : IRevisioned
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    /// <summary>boolean, string, integer, number or json.</summary>
    public required string Type { get; init; }

    public required JsonElement? Schema { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required bool Enabled { get; init; }

    public required bool Archived { get; init; }

    public required string? Off { get; init; }

    public required string? Default { get; init; }

    public required IReadOnlyList<FlagVariantResponse> Variants { get; init; }

    public required IReadOnlyList<FlagOverrideResponse> Overrides { get; init; }

    public required IReadOnlyList<FlagRuleResponse> Rules { get; init; }

    public required Guid EnvironmentId { get; init; }

    public required EnvironmentResponse Environment { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public long Revision { get; init; }

    public static FlagResponse From(FlagView view)
    {
        FlagDefinition flag = view.Flag;
        return new FlagResponse
        {
            Id = flag.Id,
            Key = flag.Key,
            Name = flag.Name,
            Description = flag.Description,
            Type = FlagTypes.NameOf(flag.Type),
            Schema = flag.Schema,
            Tags = flag.Tags,
            Enabled = flag.IsEnabled,
            Archived = flag.IsArchived,
            Off = FlagInputs.KeyOf(flag, flag.OffVariantId),
            Default = FlagInputs.KeyOf(flag, flag.DefaultVariantId),
            Variants = [.. flag.Variants.Select(static variant => new FlagVariantResponse(variant.Key, variant.Name, variant.Value))],
            Overrides = [.. flag.Overrides.Select(one => new FlagOverrideResponse(one.UserKey, FlagInputs.KeyOf(flag, one.VariantId)!))],
            Rules = [.. flag.Rules.Select(rule => FlagRuleResponse.From(flag, rule))],
            EnvironmentId = flag.EnvironmentId,
            Environment = EnvironmentResponse.From(view.Environment),
            CreatedAt = flag.CreatedAt,
            UpdatedAt = flag.UpdatedAt,
            Revision = flag.Revision,
        };
    }
}
