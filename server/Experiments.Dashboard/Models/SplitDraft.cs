using System.Globalization;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Dashboard.Models;

/// <summary>A split as it is edited: a weight for each variant, and coverage. Weights of 0 are left out.</summary>
internal sealed class SplitDraft
{
    private readonly SplitDefinition? _stored;
    private readonly string? _unit;

    public SplitDraft(ExperimentDefinition experiment)
    {
        _stored = experiment.Split;
        _unit = experiment.Unit;
        Variants = [.. experiment.Variants.Select(static variant => (variant.Id, variant.Key))];
        Map = BucketMap.From(experiment.Allocations.Select(static one => new VariantRange(
            one.VariantId, BucketRange.Inclusive(one.RangeStart, one.RangeEnd))));
        Weights = [.. Variants.Select(variant => _stored is null
            ? Map.CountOf(variant.Id)
            : _stored.Weights.FirstOrDefault(weight => weight.VariantId == variant.Id)?.Weight ?? 0)];
        if (_stored is null)
        {
            Reduce();
        }

        Coverage = _stored?.Coverage ?? Map.Count;
        Ramp = [.. (_stored?.Ramp ?? []).Select(static step => (step.At, step.Coverage))];
    }

    public IReadOnlyList<(Guid Id, string Key)> Variants { get; }

    /// <summary>As it is stored.</summary>
    public BucketMap Map { get; }

    /// <summary>In the variants' order.</summary>
    public long[] Weights { get; private set; }

    /// <summary>In buckets.</summary>
    public int Coverage { get; set; }

    public List<(DateTimeOffset At, int Coverage)> Ramp { get; }

    public bool IsInLayer => _stored?.LayerId is not null;

    public bool IsEmpty => Weights.All(static weight => weight == 0);

    /// <summary>Buckets by variant: what the weights come to at this coverage.</summary>
    public int[] Buckets
    {
        get
        {
            int[] used = [.. Weights.Index().Where(static weight => weight.Item > 0).Select(static weight => weight.Index)];
            int[] given = Apportionment.Webster([.. used.Select(index => Weights[index])], Coverage);
            int[] buckets = new int[Weights.Length];
            for (int i = 0; i < used.Length; i++)
            {
                buckets[used[i]] = given[i];
            }

            return buckets;
        }
    }

    /// <summary>The shares side by side, in the variants' order.</summary>
    public IReadOnlyList<BarPart> Shares
    {
        get
        {
            List<BarPart> parts = [];
            int start = 0;
            foreach ((int index, int count) in Buckets.Index())
            {
                if (count > 0)
                {
                    parts.Add(new BarPart(start, start + count, Variants[index].Key, index));
                }

                start += count;
            }

            return parts;
        }
    }

    /// <summary>Where the buckets will be: those who are in move as little as possible.</summary>
    public IReadOnlyList<BarPart> Planned
    {
        get
        {
            VariantWeight[] weights = [.. Variants.Zip(Weights).Where(static pair => pair.Second > 0).Select(static pair => new VariantWeight(pair.First.Id, pair.Second))];
            Dictionary<Guid, int> order = Variants.Index().ToDictionary(static pair => pair.Item.Id, static pair => pair.Index);
            return [.. SplitPlanner.Plan(Map, weights, Control.Splits.Coverage.FromBuckets(IsInLayer ? BarPart.Buckets : Coverage)).Ranges
                .Select(range => new BarPart(range.Buckets.Start, range.Buckets.End, Variants[order[range.VariantId]].Key, order[range.VariantId]))];
        }
    }

    /// <summary>Moves the end of a variant's share; the last one's end is the coverage.</summary>
    /// <param name="index">Of the variant.</param>
    /// <param name="end">Bucket on the bar of shares.</param>
    public void MoveEnd(int index, int end)
    {
        int[] buckets = Buckets;
        int start = buckets.Take(index).Sum();
        if (index == Weights.Length - 1)
        {
            Coverage = Math.Clamp(end, 0, BarPart.Buckets);
            return;
        }

        int both = buckets[index] + buckets[index + 1];
        buckets[index] = Math.Clamp(end - start, 0, both);
        buckets[index + 1] = both - buckets[index];
        Weights = [.. buckets.Select(static count => (long)count)];
        Reduce();
    }

    public SplitInput ToInput() => new()
    {
        Weights = [.. Variants.Zip(Weights).Where(static pair => pair.Second > 0)
            .Select(static pair => new WeightInput(pair.First.Id.ToString("D", CultureInfo.InvariantCulture), pair.Second))],
        Coverage = Control.Splits.Coverage.FromBuckets(Coverage),
        Ramp = [.. Ramp.OrderBy(static step => step.At).Select(static step => new RampStepInput(step.At, Control.Splits.Coverage.FromBuckets(step.Coverage)))],
        LayerId = _stored?.LayerId,
        Unit = _unit,
    };

    // Smaller numbers say the same and read better.
    private void Reduce()
    {
        long divisor = Weights.Aggregate(0L, Gcd);
        if (divisor > 1)
        {
            Weights = [.. Weights.Select(weight => weight / divisor)];
        }

        static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
    }
}
