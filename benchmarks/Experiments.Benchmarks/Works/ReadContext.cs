using Experiments.Benchmarks.Snapshots;
using Experiments.Client;

namespace Experiments.Benchmarks.Works;

/// <summary>Reads a JSON context into a reused object, without deciding.</summary>
internal sealed class ReadContext(EngineAccess engine) : Work
{
    private readonly byte[] _json = Contexts.Json.ToArray();
    private readonly DecisionContext _context = new();

    public override void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            engine.ReadContext(_context, _json);
        }

        Sink += count;
    }
}
