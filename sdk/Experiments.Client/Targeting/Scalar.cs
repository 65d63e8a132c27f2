using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>
/// A value that conditions compare one attribute with. Scalars of a snapshot are numbered, so that where an attribute was looked up once,
/// "equals" and "is in" compare integers.
/// </summary>
/// <param name="Kind">Type of the value.</param>
/// <param name="Number">Where it is a number.</param>
/// <param name="Text">Where it is a text.</param>
/// <param name="Ordinal">Which one it is of those that its attribute is compared with, after the fixed ones.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Scalar(ContextValueKind Kind, double Number, string Text, int Ordinal)
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
        new(ContextValueKind.Missing, 0, "", 0),
        new(ContextValueKind.Object, 0, "", 1),
        new(ContextValueKind.Null, 0, "", 2),
        new(ContextValueKind.False, 0, "", 3),
        new(ContextValueKind.True, 0, "", 4),
    ];

    /// <summary>The scalar as a bit of a <see cref="ScalarSet.Mask"/>; 0 where an attribute is compared with more than there are bits.</summary>
    public ulong Bit => Ordinal < sizeof(ulong) * 8 ? 1UL << Ordinal : 0;

    /// <summary>Where it is a text.</summary>
    public ulong Word { get; } = Text is null ? 0 : ShortText.WordOf(Text);

    /// <summary>Strict: no conversion between types. Objects and arrays equal nothing.</summary>
    public bool Equals(in AttributeValue value) => Kind == value.Kind && Kind switch
    {
        ContextValueKind.String => value.Text.SequenceEqual(Text),
        ContextValueKind.Number => value.Number == Number,
        ContextValueKind.Object => false,
        _ => true,
    };
}
