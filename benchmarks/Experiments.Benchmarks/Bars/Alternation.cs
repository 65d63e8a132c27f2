using System.Diagnostics;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bars;

/// <summary>
/// Measures the ratio of two works by short slices in alternation. A machine that others use drifts by half within minutes; two slices
/// beside each other see the same machine, so their ratio holds where neither time does.
/// </summary>
internal static class Alternation
{
    // A slice is made of calls of Work.Run of about this length: enough calls for the tiered compiler to replace Run itself.
    private static readonly TimeSpan ChunkLength = TimeSpan.FromMicroseconds(50);

    public static Comparison Compare(Work work, Work against, MeasureSettings settings, bool collectFirst = false)
    {
        int chunk = WarmUp(work, settings.WarmUp);
        int againstChunk = WarmUp(against, settings.WarmUp);
        double[] times = new double[settings.Pairs];
        double[] againstTimes = new double[settings.Pairs];
        for (int i = 0; i < settings.Pairs; i++)
        {
            // Who goes first changes too.
            if ((i & 1) == 0)
            {
                times[i] = Slice(work, chunk, settings.Slice, collectFirst);
                againstTimes[i] = Slice(against, againstChunk, settings.Slice, collectFirst);
            }
            else
            {
                againstTimes[i] = Slice(against, againstChunk, settings.Slice, collectFirst);
                times[i] = Slice(work, chunk, settings.Slice, collectFirst);
            }
        }

        double[] ratios = [.. times.Zip(againstTimes, static (a, b) => a / b)];
        return new Comparison(
            Quantiles.Median(ratios), Quantiles.At(ratios, 0.25), Quantiles.At(ratios, 0.75),
            Quantiles.Median(times), Quantiles.Median(againstTimes));
    }

    /// <summary>Runs a work for so long and answers how many of it make a chunk.</summary>
    public static int WarmUp(Work work, TimeSpan length)
    {
        int chunk = 1;
        long start = Stopwatch.GetTimestamp();
        do
        {
            long chunkStart = Stopwatch.GetTimestamp();
            work.Run(chunk);
            TimeSpan took = Stopwatch.GetElapsedTime(chunkStart);
            if (took < ChunkLength / 2)
            {
                chunk *= 2;
            }
            else if (took > ChunkLength * 2)
            {
                chunk = Math.Max(1, chunk / 2);
            }
        }
        while (Stopwatch.GetElapsedTime(start) < length);
        return chunk;
    }

    /// <summary>Bytes that one of a work that was warmed up allocates on this thread.</summary>
    public static double AllocatedBytes(Work work, int count)
    {
        work.Run(count);
        long before = GC.GetAllocatedBytesForCurrentThread();
        work.Run(count);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
    }

    private static double Slice(Work work, int chunk, TimeSpan length, bool collectFirst)
    {
        if (collectFirst)
        {
            // So that nobody pays for the other's garbage. The clock has not started.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        long count = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            work.Run(chunk);
            count += chunk;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < length);
        return elapsed.TotalNanoseconds / count;
    }
}
