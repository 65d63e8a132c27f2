using System.Runtime.InteropServices;
using System.Text;
using Experiments.Client.Bucketing;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Collects the hashes of a snapshot, counts their uses and gives them the slots that remember their buckets.</summary>
internal sealed class HashBuilder
{
    private readonly List<CompiledHash> _hashes = [];
    private readonly List<UInt128> _bucketCounts = [];
    private readonly List<uint> _literalWords = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    public HashBatch[] Batches { get; private set; } = [];

    public int SlotCount { get; private set; }

    public int SharedSlotCount { get; private set; }

    public uint[] LiteralWords => [.. _literalWords];

    /// <summary>The hash of an experiment.</summary>
    public int AddSalt(TextToken salt, ReadOnlySpan<byte> utf8Json)
    {
        var hash = new CompiledHash { Form = HashForm.UserKeyAndLiteral, Space = BucketSpace.Experiment };
        SetLiteral(ref hash, ":"u8, salt.IsEscaped ? Encoding.UTF8.GetBytes(salt.Read(utf8Json)) : salt.Raw(utf8Json));
        return Add(hash, BucketSpace.ExperimentCount);
    }

    public void AddNamed(CompiledHash hash, UInt128 bucketCount) => _byName[hash.Named!.Name] = Add(hash, bucketCount);

    /// <summary>What is hashed after the user key, in UTF-8 and in two pieces.</summary>
    public void SetLiteral(ref CompiledHash hash, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        hash.LiteralStart = _literalWords.Count;
        hash.LiteralLength = start.Length + rest.Length;
        CollectionsMarshal.SetCount(_literalWords, hash.LiteralStart + HashLiteral.WordCount(hash.LiteralLength));
        Span<uint> words = CollectionsMarshal.AsSpan(_literalWords)[hash.LiteralStart..];
        words.Clear();
        HashLiteral.Fill(words, start, rest);
    }

    /// <summary>The hash of this name; one that is undefined where the snapshot does not hold it.</summary>
    public int Find(string name)
    {
        if (!_byName.TryGetValue(name, out int hash))
        {
            hash = Add(new CompiledHash
            {
                Form = HashForm.Undefined,
                Space = BucketSpace.Experiment,
                Named = new NamedHash(name, HashFunction.Murmur3, MissingUnit.Skip, []),
            }, 0);
            _byName.Add(name, hash);
        }

        return hash;
    }

    /// <summary>Null for the hash of an experiment.</summary>
    public string? NameOf(int hash) => _hashes[hash].Named?.Name;

    public UInt128 BucketCountOf(int hash) => _bucketCounts[hash];

    /// <summary>Whether using it can end in a fault.</summary>
    public bool IsUndefined(int hash) => _hashes[hash].Form == HashForm.Undefined;

    public bool IsOfUserKey(int hash) => _hashes[hash].Form == HashForm.UserKeyAndLiteral;

    public bool IsRandom(int hash) => _hashes[hash].Named?.Missing == MissingUnit.Random;

    public CompiledHash[] Build(IEnumerable<int> uses)
    {
        CompiledHash[] hashes = [.. _hashes];
        int[] useCounts = new int[hashes.Length];
        foreach (int use in uses)
        {
            useCounts[use]++;
        }

        BuildBatches(hashes);
        for (int i = 0; i < hashes.Length; i++)
        {
            ref CompiledHash hash = ref hashes[i];
            hash.SharedSlot = useCounts[i] > 1 || IsRandom(i) ? SharedSlotCount++ : CompiledHash.NoSlot;
            if (hash.Slot == CompiledHash.NoSlot)
            {
                hash.Slot = SlotCount++;
            }
        }

        return hashes;
    }

    private int Add(CompiledHash hash, UInt128 bucketCount)
    {
        _hashes.Add(hash with { Slot = CompiledHash.NoSlot, SharedSlot = CompiledHash.NoSlot });
        _bucketCounts.Add(bucketCount);
        return _hashes.Count - 1;
    }

    /// <summary>Eight literals of one length make a batch; one or two that are left over are hashed one by one.</summary>
    private void BuildBatches(CompiledHash[] hashes)
    {
        List<HashBatch> batches = [];
        var pendingByLength = new Dictionary<int, List<int>>();
        for (int i = 0; i < hashes.Length; i++)
        {
            if (!CanBatch(in hashes[i], _bucketCounts[i]))
            {
                continue;
            }

            int length = hashes[i].LiteralLength;
            if (!pendingByLength.TryGetValue(length, out List<int>? pending))
            {
                pendingByLength.Add(length, pending = new List<int>(HashBatch.Lanes));
            }

            pending.Add(i);
            if (pending.Count == HashBatch.Lanes)
            {
                AddBatch(batches, hashes, pending);
            }
        }

        foreach (List<int> pending in pendingByLength.Values)
        {
            // One or two literals are not worth a batch of eight.
            if (pending.Count > 2)
            {
                AddBatch(batches, hashes, pending);
            }
        }

        Batches = [.. batches];
    }

    /// <summary>Lanes that are left over repeat the first one; nobody asks for their slots.</summary>
    private void AddBatch(List<HashBatch> batches, CompiledHash[] hashes, List<int> pending)
    {
        Span<int> starts = stackalloc int[HashBatch.Lanes];
        starts.Fill(hashes[pending[0]].LiteralStart);
        for (int lane = 0; lane < pending.Count; lane++)
        {
            starts[lane] = hashes[pending[lane]].LiteralStart;
            hashes[pending[lane]].Slot = SlotCount + lane;
        }

        SlotCount += HashBatch.Lanes;
        batches.Add(new HashBatch(CollectionsMarshal.AsSpan(_literalWords), starts, hashes[pending[0]].LiteralLength));
        pending.Clear();
    }

    private static bool CanBatch(in CompiledHash hash, UInt128 bucketCount) => hash.Form == HashForm.UserKeyAndLiteral
        && hash.Seed == 0 && bucketCount == BucketSpace.ExperimentCount && hash.Space.Equals(BucketSpace.Experiment);
}
