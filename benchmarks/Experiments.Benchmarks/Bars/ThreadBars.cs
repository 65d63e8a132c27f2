using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bars;

/// <summary>Two threads beside one.</summary>
internal static class ThreadBars
{
    private const double AtLeast = 1.6;
    private static readonly TimeSpan SwapPeriod = TimeSpan.FromMilliseconds(100);

    public static IEnumerable<Bar> Measure(MeasureSettings settings)
    {
        byte[] json = SnapshotBuilder.Build(Workload.OneOf, withFlag: true);
        object first = EngineAccess.Load(json);
        object second = EngineAccess.Load(json);
        var engine = new EngineAccess(first);
        using var pair = new ThreadPair(new DecideOne(engine.Decider), new DecideOne(engine.Decider), settings);
        yield return Row("threads", "two threads beside one", pair, settings.Pairs, settings.Slice * 5);

        // One thread without swaps, two with them: the swaps are not free for the one either, so this is the harder comparison.
        int swaps = 0;
        using var timer = new Timer(
            _ => engine.Swap((Interlocked.Increment(ref swaps) & 1) == 0 ? first : second), null, Timeout.InfiniteTimeSpan, SwapPeriod);
        void OnPair(bool isTwo) => timer.Change(isTwo ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, SwapPeriod);
        yield return Row("threads-swap", "two threads with a swap every 100 ms beside one without", pair, settings.Pairs, settings.SwapSlice, OnPair);
        Checks.Require(swaps > 0, "nothing was swapped");
    }

    private static Bar Row(string id, string title, ThreadPair pair, int pairs, TimeSpan slice, Action<bool>? before = null)
    {
        double[] ones = new double[pairs];
        double[] twos = new double[pairs];
        for (int i = 0; i < pairs; i++)
        {
            foreach (bool isTwo in (bool[])[(i & 1) == 0, (i & 1) != 0])
            {
                before?.Invoke(isTwo);
                (isTwo ? twos : ones)[i] = pair.Throughput(isTwo, slice);
            }
        }

        before?.Invoke(false);
        double[] ratios = [.. twos.Zip(ones, static (two, one) => two / one)];
        return new Bar
        {
            Id = id,
            Title = title,
            Unit = "throughput of one thread",
            Measured = Quantiles.Median(ratios),
            AtLeast = AtLeast,
            Details =
            {
                ["lowerQuartile"] = Quantiles.At(ratios, 0.25),
                ["upperQuartile"] = Quantiles.At(ratios, 0.75),
                ["onePerSecond"] = Quantiles.Median(ones),
                ["twoPerSecond"] = Quantiles.Median(twos),
            },
        };
    }
}
