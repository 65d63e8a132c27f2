namespace Experiments.Client.Targeting;

/// <summary>Attributes from name and value pairs on the caller's stack. Their values are scalars, so a dotted path finds nothing.</summary>
internal readonly ref struct SpanAttributes(ReadOnlySpan<ContextAttribute> attributes) : IAttributes
{
    private readonly ReadOnlySpan<ContextAttribute> _attributes = attributes;

    public int Find(AttributePath path)
    {
        // From the end: of two attributes with the same name the last one counts.
        for (int i = _attributes.Length - 1; i >= 0; i--)
        {
            if (string.Equals(_attributes[i].Name, path.Name, StringComparison.Ordinal))
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
}
