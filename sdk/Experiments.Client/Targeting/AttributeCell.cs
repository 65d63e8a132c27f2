using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>What a decision knows of one attribute: looked up once, compared often.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct AttributeCell
{
    /// <summary><see cref="ContextValueKind.Missing"/>, which a zeroed cell has, where the context does not have it.</summary>
    public ContextValueKind Kind;

    /// <summary>Which operand it equals: see <see cref="Targeting.Scalar"/>.</summary>
    public int Scalar;

    /// <summary>The same as a bit; 0 where it has none. No set holds a missing attribute.</summary>
    public ulong Bit;

    public int Handle;

    public double Number;

    public static AttributeCell Of(AttributeIndex index, int slot, int handle, in AttributeValue value)
    {
        int scalar = index.ScalarOf(slot, in value);
        return new AttributeCell
        {
            Kind = value.Kind,
            Number = value.Number,
            Handle = handle,
            Scalar = scalar,
            Bit = index.Scalars[scalar].Bit,
        };
    }
}
