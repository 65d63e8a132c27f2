using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

/// <summary>The weights and coverage of one split through random edits.</summary>
internal sealed class SplitEdits(Random random)
{
    private const int MaxVariants = 12;

    private readonly List<VariantWeight> _weights = [];

    /// <summary>In creation order.</summary>
    public IReadOnlyList<VariantWeight> Weights => _weights;

    public Coverage Coverage { get; private set; }

    /// <summary>What the last edit was.</summary>
    public SplitEdit Last { get; private set; }

    public void Next()
    {
        Last = _weights.Count == 0 ? SplitEdit.AddVariant : (SplitEdit)random.Next(Enum.GetValues<SplitEdit>().Length);
        switch (Last)
        {
            case SplitEdit.RaiseCoverage:
                Coverage = Coverage.FromBuckets(random.Next(Coverage.Buckets, BucketRange.BucketCount + 1));
                break;
            case SplitEdit.LowerCoverage:
                Coverage = Coverage.FromBuckets(random.Next(Coverage.Buckets + 1));
                break;
            case SplitEdit.ChangeWeight:
                ChangeWeight(random.Next(_weights.Count));
                break;
            case SplitEdit.AddVariant when _weights.Count < MaxVariants:
                _weights.Add(new VariantWeight(NewId(), RandomWeight()));
                break;
            case SplitEdit.RemoveVariant or SplitEdit.AddVariant when _weights.Count > 1:
                _weights.RemoveAt(random.Next(_weights.Count));
                break;
            case SplitEdit.ChangeEverything:
                Coverage = Coverage.FromBuckets(random.Next(BucketRange.BucketCount + 1));
                Enumerable.Range(0, _weights.Count).ToList().ForEach(ChangeWeight);
                _weights.Add(new VariantWeight(NewId(), RandomWeight()));
                _weights.RemoveAt(random.Next(_weights.Count));
                break;
        }
    }

    private void ChangeWeight(int position) => _weights[position] = _weights[position] with { Weight = RandomWeight() };

    private long RandomWeight() => random.NextInt64(1, random.Next(3) switch { 0 => 3, 1 => 100, _ => 1_000_000_000 });

    // Of the same random numbers, so that a run is the same run tomorrow.
    private Guid NewId()
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
