using System.Runtime.CompilerServices;
using Experiments.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Variants;

/// <summary>Makes Microsoft.FeatureManagement's variant of a decision.</summary>
internal static class VariantReader
{
    // A decision is made once when its snapshot is loaded and shared after that; its configuration goes with it.
    private static readonly ConditionalWeakTable<Decision, IConfigurationSection> s_configurations = [];

    /// <returns>Null where the user is in no variant.</returns>
    public static Variant? Read(Decision decision) => decision.VariantKey is not { } key
        ? null
        : new Variant
        {
            Name = key,
            Configuration = s_configurations.GetValue(decision, static made => PayloadConfiguration.Read(made.Payload)),
        };
}
