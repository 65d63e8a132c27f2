namespace Experiments.Benchmarks.Works;

/// <summary>
/// Something to be measured. The loop is inside, so that no call through a delegate is measured with it, and what it computes ends in a
/// field, so that no compiler leaves it out.
/// </summary>
internal abstract class Work
{
    /// <summary>What the work computed.</summary>
    public long Sink { get; protected set; }

    /// <summary>Does it so many times.</summary>
    public abstract void Run(int count);
}
