namespace Experiments.Client.Targeting;

/// <summary>Attributes from name and value pairs on the caller's stack. Their values are scalars, so a dotted path finds nothing.</summary>
internal readonly ref struct SpanAttributes(ReadOnlySpan<ContextAttribute> attributes) : IAttributes
{
    private readonly ReadOnlySpan<ContextAttribute> _attributes = attributes;

    public int Count => _attributes.Length;

    public int Find(AttributePath path)
    {
        string? name = path.Name ?? (path.Segments.Length == 1 ? path.Segments[0].Name : null);

        // From the end: of two attributes with the same name the last one counts.
        for (int i = _attributes.Length - 1; i >= 0; i--)
        {
            if (string.Equals(_attributes[i].Name, name, StringComparison.Ordinal))
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

    public int Walk(int handle, AttributePath.Segment[] segments) => IAttributes.Missing;

    public int ElementCount(int handle) => -1;

    public int LengthOf(int handle) => IAttributes.Missing;

    public void Elements(int handle, scoped Span<int> elements)
    {
        // No value of a pair is a list.
    }

    public void Fill(AttributeIndex index, Span<AttributeCell> cells)
    {
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

    private void Fill(AttributeIndex index, Span<AttributeCell> cells, int slot, int handle)
    {
        // From the end, too: what is there came later.
        if (slot != AttributeIndex.NoSlot && cells[slot].Kind == ContextValueKind.Missing)
        {
            cells[slot] = AttributeCell.Of(index, slot, handle, Get(handle));
        }
    }
}
