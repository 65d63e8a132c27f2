namespace Experiments.Control.Definitions;

/// <summary>What the values of a flag's variants are.</summary>
internal enum FlagType
{
    Boolean,
    String,

    /// <summary>A number without a fraction, within ±(2^53 - 1): what every client reads without loss.</summary>
    Integer,
    Number,

    /// <summary>Any JSON value.</summary>
    Json,
}
