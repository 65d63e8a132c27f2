using System.Text.Json;
using Experiments.Control.Definitions;
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

    private static ReadOnlySpan<byte> Json(FlagDefinition flag) =>
        JsonSerializer.SerializeToUtf8Bytes(flag, StoredJsonContext.Default.FlagDefinition);
}
