using System.Text;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Control.Splits;

namespace Experiments.Control.Compilation;

/// <summary>The hashes of a snapshot of format 2, named as explanations show them.</summary>
internal sealed class CompiledHashes
{
    // Every hash of 32 bits is a bucket: two of them with different seeds tell a user key from any other.
    private const ulong WholeSpace = 1UL << 32;
    private const string UserKey = "$key";

    private readonly Dictionary<string, (uint Seed, string? Unit, string? Literal, ulong Buckets)> _hashes = new(StringComparer.Ordinal);

    /// <summary>The name of the hash that splits by a salt.</summary>
    /// <param name="name">Unique in the snapshot.</param>
    /// <param name="salt">Of the split, layer or holdout.</param>
    /// <param name="unit">An attribute; null is the user key.</param>
    public string Add(string name, string salt, string? unit)
    {
        _hashes[name] = (0, unit, ":" + salt, BucketRange.BucketCount);
        return name;
    }

    /// <summary>Holds for exactly these users (up to a chance of 2^-64 for each other one): keys are not in the snapshot as text.</summary>
    public Condition IsUser(IReadOnlyList<string> userKeys)
    {
        return Condition.All([.. Enumerable.Range(0, 2).Select(seed => Condition.InAny(
            AddUser((uint)seed), userKeys.Select(key => MurmurHash3.Hash(Encoding.UTF8.GetBytes(key), (uint)seed))))]);
    }

    /// <summary>A split that gives everybody one variant.</summary>
    public CompiledServe Everybody(string variantKey) => CompiledServe.Of(AddUser(0), [(0, WholeSpace, variantKey)], isTracked: false);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("hashes");
        foreach ((string name, (uint seed, string? unit, string? literal, ulong buckets)) in _hashes)
        {
            writer.WriteStartObject(name);
            writer.WriteString("fn", "murmur3");
            if (seed != 0)
            {
                writer.WriteNumber("seed", seed);
            }

            writer.WriteStartArray("input");
            writer.WriteStartObject();
            writer.WriteStartArray("attr");
            writer.WriteStringValue(unit ?? UserKey);
            writer.WriteEndArray();

            // An account's number is a unit as good as its name.
            writer.WriteString("as", unit is null ? "string" : "any");
            writer.WriteEndObject();
            if (literal is not null)
            {
                writer.WriteStringValue(literal);
            }

            writer.WriteEndArray();
            writer.WriteNumber("buckets", buckets);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private string AddUser(uint seed)
    {
        // With a blank, as the names of layers and holdouts: no key of an experiment is like that.
        string name = seed == 0 ? "user key" : "user key again";
        _hashes[name] = (seed, null, null, WholeSpace);
        return name;
    }
}
