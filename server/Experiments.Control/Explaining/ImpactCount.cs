using Experiments.Client;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Control.Explaining;

/// <summary>Counts the decisions that differ between two snapshots. Not thread-safe.</summary>
internal sealed class ImpactCount
{
    /// <summary>Of both snapshots together; each has its counters.</summary>
    public const int MaxKeys = 10_000;

    private readonly CompiledSnapshot? _from;
    private readonly CompiledSnapshot _to;
    private readonly DecisionSurroundings _surroundings;
    private readonly Decision[] _before;
    private readonly Decision[] _after;
    private readonly List<KeyImpact> _keys = [];

    /// <param name="from">Null where nothing is published.</param>
    /// <param name="to">What would be.</param>
    /// <param name="now">When both decide.</param>
    public ImpactCount(CompiledSnapshot? from, CompiledSnapshot to, DateTimeOffset now)
    {
        _from = from;
        _to = to;
        _surroundings = new DecisionSurroundings(new FixedTime(now));
        _before = new Decision[from?.Flags.Length ?? 0];
        _after = new Decision[to.Flags.Length];
        foreach ((string key, int place) in to.FlagByKey)
        {
            _keys.Add(new KeyImpact(key, from is not null && from.FlagByKey.TryGetValue(key, out int former) ? former : null, place));
        }

        if (from is not null)
        {
            _keys.AddRange(from.FlagByKey.Where(former => !to.FlagByKey.ContainsKey(former.Key))
                .Select(static former => new KeyImpact(former.Key, former.Value, after: null)));
        }
    }

    public int KeyCount => _keys.Count;

    /// <summary>Version of what is live; null where nothing is.</summary>
    public long? FromVersion => _from?.Version;

    /// <summary>How many were added.</summary>
    public int ContextCount { get; private set; }

    /// <summary>The flags and experiments that a publish would change for someone, by key.</summary>
    public IEnumerable<KeyImpact> Changed => _keys.Where(static key => key.ChangedCount > 0).OrderBy(static key => key.Key, StringComparer.Ordinal);

    /// <param name="userKey">Who is decided for.</param>
    /// <param name="context">Only read during the call.</param>
    public void Add(string userKey, DecisionContext context)
    {
        ContextCount++;
        var attributes = new ContextAttributes(context);
        if (_from is not null)
        {
            Evaluator.DecideAll(_from, _surroundings, userKey, _before, in attributes);
        }

        Evaluator.DecideAll(_to, _surroundings, userKey, _after, in attributes);
        foreach (KeyImpact key in _keys)
        {
            key.Add(userKey, _before, _after);
        }
    }
}
