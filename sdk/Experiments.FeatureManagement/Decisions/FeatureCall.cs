using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Decisions;

/// <summary>
/// What makes two calls within a scope the same: the feature and the caller's context. Targeting contexts are compared by user and
/// groups, others by their own equality, so that a second context never gets the answer of the first.
/// </summary>
/// <param name="Feature">As the caller wrote it; compared ordinally.</param>
/// <param name="Context">Null for calls without a context: the first ambient user of the scope counts, as with Microsoft.FeatureManagement.</param>
internal readonly record struct FeatureCall(string Feature, object? Context)
{
    public static FeatureCall Of(string feature, object? context) => new(
        feature,
        context is ITargetingContext targeting && context.GetType() == typeof(TargetingContext) ? Targeted.Of(targeting) : context);

    private sealed record Targeted(string? UserId, string? Groups)
    {
        // Lengths keep ["a", "b"] and ["a,1:b"] apart.
        public static Targeted Of(ITargetingContext context) => new(
            context.UserId,
            context.Groups is null ? null : string.Join(',', context.Groups.Select(group => $"{group?.Length ?? -1}:{group}")));
    }
}
