using System.Text;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>What a snapshot without faults defines: hashes, audiences, and flags with their variants.</summary>
internal sealed class SnapshotNames
{
    private readonly Dictionary<string, UInt128> _bucketCounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _audiences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _variants = new(StringComparer.Ordinal);

    public void Read(JsonElement snapshot)
    {
        if (FaultLog.TryGet(snapshot, "hashes", out JsonElement hashes))
        {
            foreach (JsonProperty hash in hashes.EnumerateObject())
            {
                FaultLog.TryGet(hash.Value, "buckets", out JsonElement buckets);
                _bucketCounts[JsonText.ReadName(hash)] = BoundOf(buckets);
            }
        }

        if (FaultLog.TryGet(snapshot, "audiences", out JsonElement audiences))
        {
            _audiences.UnionWith(audiences.EnumerateObject().Select(JsonText.ReadName));
        }

        if (FaultLog.TryGet(snapshot, "flags", out JsonElement flags))
        {
            foreach (JsonElement flag in flags.EnumerateArray())
            {
                // Of flags with the same key the first one answers.
                _variants.TryAdd(TextOf(flag, "key")!, VariantsOf(flag));
            }
        }
    }

    public bool HasAudience(string name) => _audiences.Contains(name);

    public bool TryFindHash(string name, out UInt128 bucketCount) => _bucketCounts.TryGetValue(name, out bucketCount);

    /// <summary>The variants of a flag; null where there is no such flag.</summary>
    public HashSet<string>? FindFlag(string key) => _variants.GetValueOrDefault(key);

    public static HashSet<string> VariantsOf(JsonElement flag)
    {
        FaultLog.TryGet(flag, "variants", out JsonElement variants);
        return new(variants.EnumerateObject().Select(JsonText.ReadName), StringComparer.Ordinal);
    }

    public static string? TextOf(JsonElement owner, string name) =>
        FaultLog.TryGet(owner, name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? JsonText.Read(member) : null;

    public static UInt128 BoundOf(JsonElement bound)
    {
        if (bound.ValueKind == JsonValueKind.Number)
        {
            WholeNumberConverter.TryRead(bound, out long whole);
            return (UInt128)whole;
        }

        JsonTokens.TryReadDigits(Encoding.ASCII.GetBytes(JsonText.Read(bound)), out UInt128 digits);
        return digits;
    }
}
