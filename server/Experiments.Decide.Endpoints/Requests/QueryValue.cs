namespace Experiments.Decide.Endpoints.Requests;

/// <summary>The values that a query string gives to one name.</summary>
internal ref struct QueryValue
{
    /// <summary>The last one, still encoded.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<char> text)
    {
        Text = text;
        Count++;
    }

    /// <summary>What is wrong with a value that must be there; null where nothing is.</summary>
    public readonly string? Fault(string name) => Count switch
    {
        0 => DecideMembers.Missing(name),
        1 => Text.IsEmpty ? DecideMembers.Empty(name) : null,
        _ => DecideMembers.Repeated(name),
    };
}
