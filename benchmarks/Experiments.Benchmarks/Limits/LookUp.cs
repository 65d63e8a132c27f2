using System.Collections.Frozen;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Limits;

/// <summary>A frozen dictionary with as many keys as the snapshot, and one key of 21 characters looked up in it.</summary>
internal sealed class LookUp : Work
{
    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly string _key;

    /// <param name="keys">All keys.</param>
    /// <param name="key">A literal, as in the caller's source. The keys of the dictionary are other strings, as those read from JSON are.</param>
    public LookUp(IEnumerable<string> keys, string key)
    {
        _entries = keys.Select(Workload.FromRequest).ToFrozenDictionary(static k => k, static _ => new Entry(), StringComparer.Ordinal);
        _key = key;
    }

    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += _entries.TryGetValue(_key, out Entry? entry) ? entry.Value : 0;
        }

        Sink += sum;
    }

    private sealed class Entry
    {
        public int Value { get; } = 1;
    }
}
