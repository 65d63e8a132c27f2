using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Whom an audience is for.</summary>
internal static class AudienceChanges
{
    public static void Add(ChangeScope scope, AudienceDefinition before, AudienceDefinition after) =>
        TargetingChanges.Add(scope, "rules", before.Rules, after.Rules);
}
