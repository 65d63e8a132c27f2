using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>
/// A value that conditions compare one attribute with. Scalars of a snapshot are numbered, so that where an attribute was looked up once,
/// "equals" and "is in" compare integers.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Scalar(ContextValueKind Kind, double Number, string Text)
{
    /// <summary>Number of a missing attribute, which an absent operand equals: what a zeroed cell holds.</summary>
    public const int Missing = 0;

    /// <summary>Number of a value that equals no operand: another text or number, an object, an array.</summary>
    public const int Unknown = 1;

    public const int Null = 2;
    public const int False = 3;
    public const int True = 4;

    /// <summary>Number of the first text or number.</summary>
    public const int First = 5;

    /// <summary>What every snapshot starts with, in this order.</summary>
    public static IReadOnlyList<Scalar> Fixed { get; } =
    [
        new(ContextValueKind.Missing, 0, ""),
        new(ContextValueKind.Object, 0, ""),
        new(ContextValueKind.Null, 0, ""),
        new(ContextValueKind.False, 0, ""),
        new(ContextValueKind.True, 0, ""),
    ];

    /// <summary>Strict: no conversion between types. Objects and arrays equal nothing.</summary>
    public bool Equals(in AttributeValue value) => Kind == value.Kind && Kind switch
    {
        ContextValueKind.String => value.Text.SequenceEqual(Text),
        ContextValueKind.Number => value.Number == Number,
        ContextValueKind.Object => false,
        _ => true,
    };
}
