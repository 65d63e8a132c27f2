namespace Experiments.Benchmarks.Works;

/// <summary>Makes two loaded snapshots live in turn.</summary>
internal sealed class SwapSnapshot(EngineAccess engine, object first, object second) : Work
{
    public override void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            engine.Swap((i & 1) == 0 ? first : second);
        }

        Sink += count;
    }
}
