using System.Runtime.CompilerServices;

namespace Experiments.Client.Targeting;

/// <summary>Attributes from name and value pairs on the caller's stack. Their values are scalars, so a dotted path finds nothing.</summary>
internal readonly ref struct SpanAttributes(ReadOnlySpan<ContextAttribute> attributes) : IAttributes
{
    // Names are literals as a rule, so that comparing so many takes less time than hashing a few.
    private const int FewPairs = 64;

    private readonly ReadOnlySpan<ContextAttribute> _attributes = attributes;

    public int Count => _attributes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(AttributePath path)
    {
        string? name = path.TopName;

        // From the end: of two attributes with the same name the last one counts. Names are literals as a rule, here and in the caller's
        // source, and then the same object.
        for (int i = _attributes.Length - 1; i >= 0; i--)
        {
            string given = _attributes[i].Name;
            if (ReferenceEquals(given, name) || AreEqual(given, name))
            {
                return i;
            }
        }

        return IAttributes.Missing;
    }

    public AttributeValue Get(int handle)
    {
        ref readonly ContextAttribute attribute = ref _attributes[handle];
        return new AttributeValue(attribute.Kind, attribute.Number, attribute.Text);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(int handle, ref readonly Scalar scalar)
    {
        if (handle == IAttributes.Missing)
        {
            return scalar.Kind == ContextValueKind.Missing;
        }

        ref readonly ContextAttribute attribute = ref _attributes[handle];
        if (attribute.Text is { } text)
        {
            return scalar.Kind == ContextValueKind.String && scalar.Word == ShortText.WordOf(text) && ShortText.AreEqual(text, scalar.Text);
        }

        return attribute.Kind == scalar.Kind && (scalar.Kind != ContextValueKind.Number || attribute.Number == scalar.Number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsIn(int handle, ReadOnlySpan<int> numbers, Scalar[] scalars)
    {
        if (_attributes[handle].Text is not { } text)
        {
            return IsOtherIn(handle, numbers, scalars);
        }

        ulong word = ShortText.WordOf(text);
        foreach (int number in numbers)
        {
            ref readonly Scalar scalar = ref scalars[number];
            if (scalar.Word == word && scalar.Kind == ContextValueKind.String && ShortText.AreEqual(text, scalar.Text))
            {
                return true;
            }
        }

        return false;
    }

    public int Walk(int handle, AttributePath.Segment[] segments) => IAttributes.Missing;

    public int ElementCount(int handle) => -1;

    public int LengthOf(int handle) => IAttributes.Missing;

    public void Elements(int handle, scoped Span<int> elements)
    {
        // No value of a pair is a list.
    }

    public void Fill(AttributeIndex index, Span<AttributeCell> cells)
    {
        if (cells.Length * _attributes.Length <= FewPairs && !index.HasElements)
        {
            FillEach(index, cells);
            return;
        }

        AttributeIndex.Node root = index.NodeOf(0);
        for (int i = _attributes.Length - 1; i >= 0; i--)
        {
            if (root.TryFind(_attributes[i].Name, out int node))
            {
                AttributeIndex.Node named = index.NodeOf(node);
                Fill(index, cells, named.WholeSlot, i);
                Fill(index, cells, named.ExactSlot, i);
            }
        }
    }

    private void FillEach(AttributeIndex index, Span<AttributeCell> cells)
    {
        for (int slot = 0; slot < cells.Length; slot++)
        {
            int handle = Find(index.PathOf(slot));
            if (handle != IAttributes.Missing)
            {
                cells[slot] = AttributeCell.Of(index, slot, handle, Get(handle));
            }
        }
    }

    private bool IsOtherIn(int handle, ReadOnlySpan<int> numbers, Scalar[] scalars)
    {
        foreach (int number in numbers)
        {
            if (Is(handle, in scalars[number]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(string? given, string? name) =>
        given is not null && name is not null && given.Length == name.Length && given.AsSpan().SequenceEqual(name);

    private void Fill(AttributeIndex index, Span<AttributeCell> cells, int slot, int handle)
    {
        // From the end, too: what is there came later.
        if (slot != AttributeIndex.NoSlot && cells[slot].Kind == ContextValueKind.Missing)
        {
            cells[slot] = AttributeCell.Of(index, slot, handle, Get(handle));
        }
    }
}
