using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests;

/// <summary>Always the same user.</summary>
internal sealed class FixedTargeting(string? user, bool isNull = false) : ITargetingContextAccessor
{
    public ValueTask<TargetingContext> GetContextAsync() =>
        ValueTask.FromResult(isNull ? null! : new TargetingContext { UserId = user });
}
