namespace Experiments.Client.Fuzz;

/// <summary>
/// Time and memory of one input: both at most a constant and a multiple of its length. The multiples are large because a pattern of a few
/// characters may compile to thousands of steps; the totals of whole snapshots are bounded by the loader and tested there.
/// </summary>
internal readonly struct InputBounds
{
    private const long BaseBytes = 4_000_000;
    private const long BytesPerByte = 20_000;

    private readonly int _length;
    private readonly long _startedAt;
    private readonly long _allocatedBefore;

    private InputBounds(int length)
    {
        _length = length;
        _startedAt = TimeProvider.System.GetTimestamp();
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    }

    // Two processors are shared with whatever else runs.
    private static TimeSpan BaseTime => TimeSpan.FromSeconds(10);

    private static TimeSpan TimePerByte => TimeSpan.FromMicroseconds(200);

    public static InputBounds Start(int length) => new(length);

    /// <exception cref="ContractException">Too long, or too much.</exception>
    public void Check()
    {
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(_startedAt);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        ContractException.Demand(elapsed < BaseTime + (TimePerByte * _length), $"took {elapsed} for {_length} bytes");
        ContractException.Demand(
            allocated < BaseBytes + (BytesPerByte * _length), $"allocated {allocated} bytes for an input of {_length}");
    }
}
