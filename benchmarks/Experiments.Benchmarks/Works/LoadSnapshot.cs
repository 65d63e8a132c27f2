namespace Experiments.Benchmarks.Works;

/// <summary>JSON to the form in memory.</summary>
internal sealed class LoadSnapshot(byte[] json) : Work
{
    /// <summary>What the last run loaded.</summary>
    public object? Snapshot { get; private set; }

    public override void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Snapshot = EngineAccess.Load(json);
        }

        Sink += count;
    }
}
