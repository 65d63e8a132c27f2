using System.Globalization;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Dashboard.Models;

/// <summary>A split as it is edited: a weight for each variant, and coverage. Weights of 0 are left out.</summary>
internal sealed class SplitDraft
{
    private readonly SplitDefinition? _stored;
    public SplitDraft(ExperimentDefinition experiment)
    {
        _stored = experiment.Split;
        (LayerId, Unit) = (experiment.Split?.LayerId, experiment.Unit ?? "");
        Variants = [.. experiment.Variants.Select(static variant => (variant.Id, variant.Key))];
        Map = BucketMap.From(experiment.Allocations.Select(static one => new VariantRange(
            one.VariantId, BucketRange.Inclusive(one.RangeStart, one.RangeEnd))));
        Weights = [.. Variants.Select(variant => _stored is null
            ? Map.CountOf(variant.Id)
            : _stored.Weights.FirstOrDefault(weight => weight.VariantId == variant.Id)?.Weight ?? 0)];
        if (_stored is null)
        {
            Weights = SplitShares.Reduced(Weights);
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

    /// <summary>Null is none.</summary>
    public Guid? LayerId { get; set; }

    /// <summary>An attribute; empty is the user key.</summary>
    public string Unit { get; set; }

    public bool IsInLayer => LayerId is not null;

    public bool IsEmpty => Weights.All(static weight => weight == 0);

    /// <summary>Takes up what was typed before; nothing where the variants are others by now.</summary>
    public void Restore(IReadOnlyList<long> weights, int coverage, IEnumerable<RampPoint> ramp, Guid? layerId, string unit)
    {
        (LayerId, Unit) = (layerId, unit);
        if (weights.Count == Weights.Length)
        {
            (Weights, Coverage) = ([.. weights], coverage);
            Ramp.Clear();
            Ramp.AddRange(ramp.Select(static point => (point.At, (int)(point.Share * BarPart.Buckets))));
        }
    }

    /// <summary>Buckets by variant: what the weights come to at this coverage.</summary>
    public int[] Buckets => SplitShares.BucketsOf(Weights, Coverage);

    /// <summary>The shares side by side, in the variants' order.</summary>
    public IReadOnlyList<BarPart> Shares => SplitShares.PartsOf(Buckets, [.. Variants.Select(static (variant, index) => (variant.Key, index))]);

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

    /// <inheritdoc cref="SplitShares.MoveEnd"/>
    public void MoveEnd(int index, int end) => (Weights, Coverage) = SplitShares.MoveEnd(Weights, Coverage, index, end);

    public SplitInput ToInput() => new()
    {
        Weights = [.. Variants.Zip(Weights).Where(static pair => pair.Second > 0)
            .Select(static pair => new WeightInput(pair.First.Id.ToString("D", CultureInfo.InvariantCulture), pair.Second))],
        Coverage = Control.Splits.Coverage.FromBuckets(Coverage),
        Ramp = [.. Ramp.OrderBy(static step => step.At).Select(static step => new RampStepInput(step.At, Control.Splits.Coverage.FromBuckets(step.Coverage)))],
        LayerId = LayerId,
        Unit = string.IsNullOrWhiteSpace(Unit) ? null : Unit.Trim(),
    };
}
