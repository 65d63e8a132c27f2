using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What a change of a flag is about.</summary>
internal static class FlagChanges
{
    public static bool AreSame(FlagDefinition before, FlagDefinition after) => Json(before).SequenceEqual(Json(after));

    /// <summary>Whether anything changed that snapshots hold.</summary>
    public static bool IsLivePartChanged(FlagDefinition before, FlagDefinition after) => !AreSame(
        before with { Name = "", Description = null, Schema = null },
        after with { Name = "", Description = null, Schema = null, UpdatedAt = before.UpdatedAt, Revision = before.Revision });

    /// <summary>Share of all users who had a variant of a split and have another now, or none: of the rule that moves most.</summary>
    /// <param name="reader">For layers as they are stored.</param>
    /// <param name="before">As it was.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="changedLayers">Layers as they are to be.</param>
    /// <param name="now">The step of a ramp that counts.</param>
    public static async ValueTask<decimal> ReassignedShareAsync(
        IStoreReader reader, FlagDefinition before, FlagDefinition after, IEnumerable<LayerDefinition> changedLayers, DateTimeOffset now)
    {
        if (!before.IsEnabled || !after.IsEnabled)
        {
            return 0;
        }

        Dictionary<Guid, LayerDefinition> layers = changedLayers.ToDictionary(static layer => layer.Id);
        decimal most = 0;
        foreach (FlagRuleDefinition former in before.Rules.Where(static rule => rule.Split is not null))
        {
            if (after.Rules.FirstOrDefault(rule => rule.Id == former.Id)?.Split is not { } split)
            {
                continue;
            }

            LayerDefinition? layerBefore = former.Split!.Weights.LayerId is { } held ? await reader.FindLayerAsync(held) : null;
            LayerDefinition? layerAfter = split.Weights.LayerId is not { } id ? null
                : layers.TryGetValue(id, out LayerDefinition? changed) ? changed : await reader.FindLayerAsync(id);
            decimal moved = SplitPreview.Compare(
                SplitSituations.Of(former.Split.Weights, former.Split.Allocations, layerBefore, former.Id, now),
                SplitSituations.Of(split.Weights, split.Allocations, layerAfter, former.Id, now)).MovedShare;
            most = Math.Max(most, moved);
        }

        return most;
    }

    private static ReadOnlySpan<byte> Json(FlagDefinition flag) =>
        JsonSerializer.SerializeToUtf8Bytes(flag, StoredJsonContext.Default.FlagDefinition);
}
