using Experiments.Benchmarks.Snapshots;

namespace Experiments.Benchmarks.Works;

/// <summary>From a last-good file to the first decision.</summary>
internal sealed class StartFromDisk(string directory) : Work
{
    public override void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            EngineAccess engine = EngineAccess.StartFromDisk(directory);
            Sink += (int)engine.Decider.Decide(SnapshotBuilder.KeyOf(0), Workload.UserKeys[0], [("country", "US"), ("plan", "pro")]).Reason;
        }
    }
}
