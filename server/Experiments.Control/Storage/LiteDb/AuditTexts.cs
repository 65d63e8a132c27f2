namespace Experiments.Control.Storage.LiteDb;

/// <summary>The texts that the whole audit log is searched by, in memory. Most entries say what others say too, so a text is there once:
/// 16 bytes for an entry, and 100 to 200 for a text that is new.</summary>
internal sealed class AuditTexts
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<(long Sequence, int Text)> _entries = [];

    /// <param name="parts">Of all entries, in the order of their keys.</param>
    public AuditTexts(IEnumerable<AuditTextPart> parts)
    {
        long? sequence = null;
        string text = "";
        foreach (AuditTextPart part in parts)
        {
            if (part.Sequence != sequence && sequence is { } complete)
            {
                Add(complete, text);
            }

            text = part.Sequence == sequence ? text + part.Text : part.Text;
            sequence = part.Sequence;
        }

        if (sequence is { } last)
        {
            Add(last, text);
        }
    }

    public void Append(AuditEntry entry) => Add(entry.Sequence, string.Concat(AuditTextPart.Of(entry).Select(static part => part.Text)));

    /// <summary>Sequences of the entries whose text holds another, in any case.</summary>
    public IReadOnlySet<long> Find(string search)
    {
        bool[] holds = [.. _texts.Select(text => text.Contains(search, StringComparison.OrdinalIgnoreCase))];
        return _entries.Where(entry => holds[entry.Text]).Select(static entry => entry.Sequence).ToHashSet();
    }

    private void Add(long sequence, string text)
    {
        if (!_numbers.TryGetValue(text, out int number))
        {
            _numbers.Add(text, number = _texts.Count);
            _texts.Add(text);
        }

        _entries.Add((sequence, number));
    }
}
