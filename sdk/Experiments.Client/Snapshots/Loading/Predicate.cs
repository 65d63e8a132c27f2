using System.Runtime.InteropServices;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>A condition, or conditions that are joined, as it was read and before it is turned into instructions.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Predicate
{
    public const int None = -1;

    public PredicateKind Kind;

    public Operation Operation;

    public Operator Operator;

    public int Slot;

    /// <summary>Of the instruction; the hash of a <see cref="PredicateKind.Bucket"/>; the ending of a <see cref="PredicateKind.Fault"/>.</summary>
    public int Operand;

    /// <summary>Ranges of a <see cref="PredicateKind.Bucket"/>.</summary>
    public int FirstRange;

    public int RangeCount;

    public int FirstChild;

    public int NextSibling;
}
