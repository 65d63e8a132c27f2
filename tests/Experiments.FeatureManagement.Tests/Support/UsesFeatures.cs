using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Tests;

/// <summary>An application's service that is given a feature manager.</summary>
public sealed class UsesFeatures(IFeatureManager features)
{
    public IFeatureManager Features => features;
}
