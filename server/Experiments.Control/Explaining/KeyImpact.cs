using Experiments.Client;

namespace Experiments.Control.Explaining;

/// <summary>What a publish would change of one flag or experiment. Not thread-safe.</summary>
/// <param name="key">Its key.</param>
/// <param name="before">Its place in the live snapshot; null where it is not in it, and then nobody has a variant.</param>
/// <param name="after">The same of the draft.</param>
internal sealed class KeyImpact(string key, int? before, int? after)
{
    public const int MaxExamples = 3;

    // Whoever has a longer key is counted but no example: examples are kept, and must not take much memory.
    private const int MaxExampleLength = 1024;

    // Variants are shared by decisions, so the pairs are few. A pair that is no change is kept too: it is compared once.
    private readonly Dictionary<(DecisionVariant? Before, DecisionVariant? After), ImpactMove> _moves = [];
    private readonly List<ImpactExample> _examples = [];

    public string Key => key;

    public long ChangedCount { get; private set; }

    public IReadOnlyList<ImpactExample> Examples => _examples;

    /// <summary>The most frequent first.</summary>
    public IEnumerable<ImpactMove> Moves => _moves.Values.Where(static move => move.IsChange)
        .GroupBy(static move => (move.From, move.To))
        .Select(static moves => new ImpactMove(moves.Key.From, moves.Key.To, IsChange: true) { Count = moves.Sum(static move => move.Count) })
        .OrderByDescending(static move => move.Count)
        .ThenBy(static move => move.From, StringComparer.Ordinal)
        .ThenBy(static move => move.To, StringComparer.Ordinal);

    /// <param name="userKey">Who was decided for.</param>
    /// <param name="former">Every decision by the live snapshot.</param>
    /// <param name="next">Every decision by the draft.</param>
    public void Add(string userKey, Decision[] former, Decision[] next)
    {
        DecisionVariant? from = before is { } formerPlace ? former[formerPlace].Variant : null;
        DecisionVariant? to = after is { } nextPlace ? next[nextPlace].Variant : null;
        if (!_moves.TryGetValue((from, to), out ImpactMove? move))
        {
            move = new ImpactMove(from?.Key, to?.Key, IsChangeBetween(from, to));
            _moves.Add((from, to), move);
        }

        move.Count++;
        if (!move.IsChange)
        {
            return;
        }

        ChangedCount++;
        if (_examples.Count < MaxExamples && userKey.Length <= MaxExampleLength)
        {
            _examples.Add(new ImpactExample(userKey, move.From, move.To));
        }
    }

    /// <summary>A variant that has another value is a change as well.</summary>
    private static bool IsChangeBetween(DecisionVariant? from, DecisionVariant? to) => !string.Equals(from?.Key, to?.Key, StringComparison.Ordinal)
        || (from?.Key is not null && !Payload(from).SequenceEqual(Payload(to!)));

    // Format 1 leaves out what format 2 writes as null; to callers it is the same.
    private static ReadOnlySpan<byte> Payload(DecisionVariant variant) => variant.PayloadUtf8.IsEmpty ? "null"u8 : variant.PayloadUtf8.Span;
}
