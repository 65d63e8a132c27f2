using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>A prerequisite in answers.</summary>
internal sealed record PrerequisiteResponse(string Flag, IReadOnlyList<string> Variants)
{
    public static IReadOnlyList<PrerequisiteResponse> From(IReadOnlyList<PrerequisiteDefinition> prerequisites) =>
        [.. prerequisites.Select(static one => new PrerequisiteResponse(one.FlagKey, one.Variants))];
}
