using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The members of one condition. What one of them means depends on another, which may come later, so a reader is kept at the
/// start of each such value.</summary>
internal ref struct PredicateMembers
{
    public Utf8JsonReader Attribute;
    public Utf8JsonReader Value;
    public Utf8JsonReader If;
    public Utf8JsonReader Ranges;
    public Utf8JsonReader Variants;

    public PredicateShape Shape { get; private set; }

    public bool HasAttribute { get; private set; }

    public string? OperatorText { get; private set; }

    public bool HasValue { get; private set; }

    public bool IgnoresCase { get; private set; }

    public bool HasIf { get; private set; }

    public string? HashName { get; private set; }

    public bool HasRanges { get; private set; }

    public string? FlagKey { get; private set; }

    public bool HasVariants { get; private set; }

    public bool HasAfter { get; private set; }

    public bool HasBefore { get; private set; }

    /// <summary><see cref="Instant.None"/> where it is no time.</summary>
    public Instant After { get; private set; }

    /// <summary><see cref="Instant.None"/> where it is no time.</summary>
    public Instant Before { get; private set; }

    /// <summary>Takes the member whose name the reader stands on; false where no condition has it.</summary>
    public bool TryRead(ref Utf8JsonReader reader) =>
        TryReadCondition(ref reader) || TryReadBucket(ref reader) || TryReadFlag(ref reader) || TryReadWindow(ref reader);

    private bool TryReadCondition(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "attribute"u8))
        {
            Attribute = JsonTokens.Keep(ref reader);
            HasAttribute = true;
        }
        else if (JsonTokens.Is(in reader, "operator"u8))
        {
            OperatorText = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "value"u8))
        {
            Value = JsonTokens.Keep(ref reader);
            HasValue = true;
        }
        else if (JsonTokens.Is(in reader, "ignoreCase"u8))
        {
            IgnoresCase = JsonTokens.ReadBoolean(ref reader);
        }
        else if (JsonTokens.Is(in reader, "if"u8))
        {
            If = JsonTokens.Keep(ref reader);
            HasIf = true;
        }
        else
        {
            return false;
        }

        Demand(PredicateShape.Condition);
        return true;
    }

    private bool TryReadBucket(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "hash"u8))
        {
            HashName = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "ranges"u8))
        {
            Ranges = JsonTokens.Keep(ref reader);
            HasRanges = true;
        }
        else
        {
            return false;
        }

        Demand(PredicateShape.Bucket);
        return true;
    }

    private bool TryReadFlag(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "flag"u8))
        {
            FlagKey = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "variants"u8))
        {
            Variants = JsonTokens.Keep(ref reader);
            HasVariants = true;
        }
        else
        {
            return false;
        }

        Demand(PredicateShape.Flag);
        return true;
    }

    private bool TryReadWindow(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "after"u8))
        {
            After = ReadTime(ref reader);
            HasAfter = true;
        }
        else if (JsonTokens.Is(in reader, "before"u8))
        {
            Before = ReadTime(ref reader);
            HasBefore = true;
        }
        else
        {
            return false;
        }

        Demand(PredicateShape.Window);
        return true;
    }

    private void Demand(PredicateShape shape)
    {
        if (Shape != PredicateShape.None && Shape != shape)
        {
            JsonTokens.Refuse("a condition mixes members of different kinds");
        }

        Shape = shape;
    }

    private static Instant ReadTime(ref Utf8JsonReader reader) =>
        Timestamp.TryParse(JsonTokens.ReadText(ref reader), out Instant instant) ? instant : Instant.None;
}
