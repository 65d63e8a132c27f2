namespace Experiments.Client.Tests;

/// <summary>Measures what code allocates on the managed heap.</summary>
internal static class Allocated
{
    private const int WarmUps = 500;
    private const int Measured = 200;
    private const int Rounds = 5;

    /// <summary>Bytes that the action allocates on this thread after a warm-up, over many calls.</summary>
    public static long Bytes(Action action)
    {
        // Static data, pooled arrays and buffers that grow are there after the first calls.
        for (int i = 0; i < WarmUps; i++)
        {
            action();
        }

        // The collector takes arrays out of the pool when other tests fill the heap, so one round in several may rent new ones.
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Measured; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
