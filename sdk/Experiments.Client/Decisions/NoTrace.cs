namespace Experiments.Client.Decisions;

/// <summary>Watches nothing.</summary>
internal readonly struct NoTrace : ITrace
{
    public void Tested(int place, bool holds)
    {
    }

    public void Bucketed(int place, BucketState state, ulong bucket)
    {
    }

    public void Entered(int place, int routine)
    {
    }

    public void Left(int routine, int ending)
    {
    }
}
