using System.Diagnostics;
using System.Text.Json;

namespace Experiments.Client;

/// <summary>
/// The result of deciding one flag or experiment for one user. Immutable and prepared when the snapshot is loaded, so that
/// deciding allocates nothing; safe to keep and to share between threads.
/// </summary>
[DebuggerDisplay("{Key}: {VariantKey} ({Reason}, version {SnapshotVersion})")]
public sealed class Decision
{
    private const string OnVariantKey = "on";

    /// <summary>What every key answers before the first snapshot has been loaded.</summary>
    internal static readonly Decision NotReady = new(DecisionReason.NotReady, snapshotVersion: 0);

    internal Decision(DecisionReason reason, long snapshotVersion)
    {
        Reason = reason;
        SnapshotVersion = snapshotVersion;
    }

    /// <summary>Key of the flag or experiment; empty where the reason is <see cref="DecisionReason.NotReady"/> or
    /// <see cref="DecisionReason.FlagNotFound"/>.</summary>
    public string Key { get; internal init; } = "";

    /// <summary>Id of the experiment; <see langword="null"/> where there is none.</summary>
    public string? ExperimentId { get; internal init; }

    /// <summary>Key of the variant; <see langword="null"/> where the user is in no variant and the caller's fallback applies.</summary>
    public string? VariantKey { get; internal init; }

    /// <summary>Id of the variant; <see langword="null"/> where <see cref="VariantKey"/> is.</summary>
    public string? VariantId { get; internal init; }

    /// <summary>The variant's payload. <see cref="JsonElement.ValueKind"/> is <see cref="JsonValueKind.Undefined"/> where it has
    /// none or where there is no variant; the element stays valid after the snapshot has been replaced.</summary>
    public JsonElement Payload { get; internal init; }

    /// <summary>Why this is the result.</summary>
    public DecisionReason Reason { get; }

    /// <summary>Version of the snapshot that decided; 0 where none was loaded.</summary>
    public long SnapshotVersion { get; }

    /// <summary>Whether a variant was chosen.</summary>
    public bool IsAssigned => VariantKey is not null;

    /// <summary>Whether the payload is the JSON value <c>true</c> or, where the payload is not a boolean, the variant's key is
    /// <c>on</c>.</summary>
    public bool IsOn => Payload.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Is(OnVariantKey),
    };

    /// <summary>Whether the variant of this key was chosen; compared ordinally. Never true without a variant.</summary>
    public bool Is(string variantKey)
    {
        ArgumentNullException.ThrowIfNull(variantKey);
        return string.Equals(VariantKey, variantKey, StringComparison.Ordinal);
    }

    /// <summary>For logs: key, variant and reason. Not a stable format.</summary>
    public override string ToString() => $"{Key}: {VariantKey ?? "-"} ({Reason}, version {SnapshotVersion})";
}
