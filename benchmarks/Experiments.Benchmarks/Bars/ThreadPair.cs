using System.Diagnostics;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bars;

/// <summary>Runs one work on this thread, and another of its kind on a second thread where both are asked for.</summary>
internal sealed class ThreadPair : IDisposable
{
    private readonly Work _own;
    private readonly Work _other;
    private readonly int _chunk;
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private readonly Thread _thread;
    private TimeSpan _slice;
    private double _otherRate;
    private bool _isEnded;

    public ThreadPair(Work own, Work other, MeasureSettings settings)
    {
        _own = own;
        _other = other;
        Alternation.WarmUp(other, settings.WarmUp);
        _chunk = Alternation.WarmUp(own, settings.WarmUp);
        _thread = new Thread(RunOther) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Works done a second, by one thread or by both together.</summary>
    public double Throughput(bool isTwo, TimeSpan slice)
    {
        if (!isTwo)
        {
            return Rate(_own, slice);
        }

        _slice = slice;
        _start.Release();
        double rate = Rate(_own, slice);
        _done.Wait();
        return rate + _otherRate;
    }

    public void Dispose()
    {
        _isEnded = true;
        _start.Release();
        _thread.Join();
        _start.Dispose();
        _done.Dispose();
    }

    private void RunOther()
    {
        while (true)
        {
            _start.Wait();
            if (_isEnded)
            {
                return;
            }

            _otherRate = Rate(_other, _slice);
            _done.Release();
        }
    }

    private double Rate(Work work, TimeSpan slice)
    {
        long count = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            work.Run(_chunk);
            count += _chunk;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < slice);
        return count / elapsed.TotalSeconds;
    }
}
