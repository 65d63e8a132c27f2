namespace Experiments.Client.Tests;

/// <summary>Measures what code allocates on the managed heap.</summary>
internal static class Allocated
{
    private const int WarmUps = 500;
    private const int Measured = 200;

    /// <summary>Bytes that the action allocates on this thread after a warm-up, over many calls.</summary>
    public static long Bytes(Action action)
    {
        // Static data, pooled arrays and buffers that grow are there after the first calls.
        for (int i = 0; i < WarmUps; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Measured; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
