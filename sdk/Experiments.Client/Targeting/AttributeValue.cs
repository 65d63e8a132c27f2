namespace Experiments.Client.Targeting;

/// <summary>A context value as a condition sees it; the text points into the caller's context.</summary>
internal readonly ref struct AttributeValue
{
    public AttributeValue(ContextValueKind kind, double number, ReadOnlySpan<char> text)
    {
        Kind = kind;
        Number = number;
        Text = text;
    }

    public ContextValueKind Kind { get; }

    public double Number { get; }

    public ReadOnlySpan<char> Text { get; }
}
