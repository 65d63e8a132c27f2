using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

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
    internal static readonly Decision NotReady = new(new DecisionOrigin("", snapshotVersion: 0), DecisionReason.NotReady);

    internal Decision(DecisionOrigin origin, DecisionReason reason)
    {
        Origin = origin;
        Reason = reason;
    }

    /// <summary>Key of the flag or experiment; empty where the reason is <see cref="DecisionReason.NotReady"/> or
    /// <see cref="DecisionReason.FlagNotFound"/>.</summary>
    public string Key => Origin.Key;

    /// <summary>Id of the experiment; <see langword="null"/> where there is none.</summary>
    public string? ExperimentId => Origin.ExperimentId;

    /// <summary>Key of the variant; <see langword="null"/> where there is none and the caller's fallback applies.</summary>
    public string? VariantKey => Variant?.Key;

    /// <summary>Id of the variant; <see langword="null"/> where <see cref="VariantKey"/> is, and for the variants of flags, which have
    /// keys alone.</summary>
    public string? VariantId => Variant?.Id;

    /// <summary>The variant's payload, or value. <see cref="JsonElement.ValueKind"/> is <see cref="JsonValueKind.Undefined"/> where it
    /// has none or where there is no variant; the element stays valid after the snapshot has been replaced. Parsed when it is first
    /// asked for; <c>Value</c> of <see cref="IFeatureDecider"/> reads booleans, numbers and strings without.</summary>
    public JsonElement Payload => Variant?.Payload ?? default;

    /// <summary>Why this is the result.</summary>
    public DecisionReason Reason { get; }

    /// <summary>The reason as snapshots and <c>/explain</c> write it, such as <c>SPLIT</c>; where the flag's rule names a reason of its
    /// own, that one.</summary>
    public string ReasonText => Origin.Note?.ReasonText ?? Reason switch
    {
        DecisionReason.NotReady => "NOT_READY",
        DecisionReason.FlagNotFound => "FLAG_NOT_FOUND",
        DecisionReason.Default => "DEFAULT",
        DecisionReason.Split => "SPLIT",
        DecisionReason.Static => "STATIC",
        DecisionReason.TargetingMatch => "TARGETING_MATCH",
        DecisionReason.Disabled => "DISABLED",
        DecisionReason.Override => "OVERRIDE",
        _ => "ERROR",
    };

    /// <summary>Id of the flag's rule that decided; <see langword="null"/> where none did or where it has no id.</summary>
    public string? RuleId => Origin.Note?.RuleId;

    /// <summary>What went wrong where <see cref="Reason"/> is <see cref="DecisionReason.Error"/>, else <see langword="null"/>:
    /// <c>CYCLE</c> (flags or audiences that depend on themselves), <c>MALFORMED</c>, or what the snapshot says itself.</summary>
    public string? Fault => Origin.Note?.Fault;

    /// <summary>Version of the snapshot that decided; 0 where none was loaded.</summary>
    public long SnapshotVersion => Origin.SnapshotVersion;

    /// <summary>Whether a variant was chosen.</summary>
    public bool IsAssigned => VariantKey is not null;

    /// <summary>Whether the payload is the JSON value <c>true</c> or, where the payload is not a boolean, the variant's key is
    /// <c>on</c>.</summary>
    public bool IsOn => Variant is { } variant && variant.Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Is(OnVariantKey),
    };

    internal DecisionOrigin Origin { get; }

    internal DecisionVariant? Variant { get; init; }

    /// <summary>Whether a split answered, through a sticky entry too: only then does the user take part in an experiment.</summary>
    internal bool IsFromSplit { get; init; }

    /// <summary>Whether the variant of this key was chosen; compared ordinally. Never true without a variant.</summary>
    public bool Is(string variantKey)
    {
        ArgumentNullException.ThrowIfNull(variantKey);
        return string.Equals(VariantKey, variantKey, StringComparison.Ordinal);
    }

    internal bool ReadBoolean(bool fallback) => Variant?.Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => fallback,
    };

    internal double ReadNumber(double fallback) => Variant is { Kind: JsonValueKind.Number } variant ? variant.Number : fallback;

    internal string ReadText(string fallback) => Variant?.Text ?? fallback;

    internal T ReadJson<T>(T fallback, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Variant is not { Kind: not JsonValueKind.Undefined } variant)
        {
            return fallback;
        }

        try
        {
            return JsonSerializer.Deserialize(variant.PayloadUtf8.Span, type) ?? fallback;
        }
#pragma warning disable CA1031 // Deciding never throws because of data, and a setter or converter of the caller's may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return fallback;
        }
    }

    /// <summary>For logs: key, variant and reason. Not a stable format.</summary>
    public override string ToString() => $"{Key}: {VariantKey ?? "-"} ({ReasonText}, version {SnapshotVersion})";
}
