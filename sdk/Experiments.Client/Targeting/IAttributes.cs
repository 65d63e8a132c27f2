namespace Experiments.Client.Targeting;

/// <summary>
/// Attributes of one decision as the caller gave them. Implemented by structs and used through a generic parameter only, so that every
/// call is direct. A handle is an integer, so that a table of them can live on the stack.
/// </summary>
internal interface IAttributes
{
    /// <summary>Handle of an attribute that the context does not have.</summary>
    const int Missing = -1;

    /// <summary>Number of attributes; those of a context that is used often are few.</summary>
    int Count { get; }

    int Find(AttributePath path);

    /// <param name="handle">What a method answered; not <see cref="Missing"/>.</param>
    AttributeValue Get(int handle);

    /// <summary>Whether an attribute is this scalar, strictly: the shortest way to ask.</summary>
    /// <param name="handle">What <see cref="Find"/> answered.</param>
    /// <param name="scalar">The operand.</param>
    bool Is(int handle, ref readonly Scalar scalar);

    /// <summary>Whether an attribute is one of some scalars.</summary>
    /// <param name="handle">Not <see cref="Missing"/>.</param>
    /// <param name="numbers">Of the scalars.</param>
    /// <param name="scalars">All scalars.</param>
    bool IsIn(int handle, ReadOnlySpan<int> numbers, Scalar[] scalars);

    /// <summary>The walk from an element of an array, or from its length, instead of from the context.</summary>
    int Walk(int handle, AttributePath.Segment[] segments);

    /// <summary>Number of elements; -1 where it is no array.</summary>
    int ElementCount(int handle);

    /// <summary>The length of an array as a value.</summary>
    int LengthOf(int handle);

    /// <summary>The elements of an array, in order.</summary>
    /// <param name="handle">Of an array.</param>
    /// <param name="elements">As long as the array.</param>
    void Elements(int handle, scoped Span<int> elements);

    /// <summary>Puts the value of every attribute that the snapshot asks for into its cell.</summary>
    void Fill(AttributeIndex index, Span<AttributeCell> cells);
}
