namespace Experiments.Benchmarks.Bars;

/// <summary>Looks at the managed heap every millisecond, on a thread of its own, and remembers the largest.</summary>
internal sealed class HeapSampler : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _peakBytes;

    public HeapSampler()
    {
        _thread = new Thread(Sample) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Ends it and answers the largest number of bytes in use.</summary>
    public long Stop()
    {
        _stop.Set();
        _thread.Join();
        return _peakBytes;
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Sample()
    {
        do
        {
            _peakBytes = Math.Max(_peakBytes, GC.GetTotalMemory(forceFullCollection: false));
        }
        while (!_stop.Wait(Period));
    }
}
