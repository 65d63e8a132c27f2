using System.Collections.Frozen;
using System.Text;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Limits;

/// <summary>The limit of one decision: frozen look-up, UTF-8 encode, hash. What <see cref="LookUp"/> and <see cref="EncodeAndHash"/> do, in one loop.</summary>
internal sealed class OneDecision : Work
{
    private const int MaxBytes = 256;

    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly string[] _texts;

    public OneDecision(IEnumerable<string> keys, string salt)
    {
        _entries = keys.Select(Workload.FromRequest).ToFrozenDictionary(static k => k, static _ => new Entry(), StringComparer.Ordinal);
        _texts = [.. Workload.UserKeys.Select(user => $"{user}:{salt}")];
    }

    public override void Run(int count)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += _entries.TryGetValue(Workload.Key, out Entry? entry) ? entry.Value : 0;
            int length = Encoding.UTF8.GetBytes(_texts[i & (Workload.UserCount - 1)], buffer);
            sum += PlainMurmurHash3.Hash(buffer[..length]);
        }

        Sink += sum;
    }

    private sealed class Entry
    {
        public int Value { get; } = 1;
    }
}
