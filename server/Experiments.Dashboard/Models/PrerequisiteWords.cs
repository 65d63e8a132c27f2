using Experiments.Control.Definitions;

namespace Experiments.Dashboard.Models;

/// <summary>What drawings of prerequisites say.</summary>
internal static class PrerequisiteWords
{
    /// <summary>Between an experiment and the flag whose rule serves it.</summary>
    public const string Serves = "serves it";

    public static string StateOf(FlagDefinition flag) => flag.IsArchived ? "archived" : flag.IsEnabled ? "on" : "off";

    public static string StateOf(ExperimentDefinition experiment) => ExperimentLifecycle.NameOf(experiment.Status).ToLowerInvariant();

    /// <summary>The variants of one flag that some prerequisites ask for.</summary>
    public static string EdgeOf(IEnumerable<PrerequisiteDefinition> prerequisites, string flagKey) => string.Join(
        " or ", prerequisites.Where(one => one.FlagKey == flagKey).SelectMany(static one => one.Variants).Distinct(StringComparer.Ordinal));
}
