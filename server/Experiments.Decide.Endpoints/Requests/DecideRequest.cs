using System.Buffers;
using System.Text.Json;
using Experiments.Client;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Decide.Endpoints.Requests;

/// <summary>What a request asks, with the buffers that answering needs. Pooled: one request uses it at a time.</summary>
internal sealed class DecideRequest
{
    // A request of unusual size leaves nothing behind in the pool.
    private const int MaxKeptBytes = 64 * 1024;

    private readonly DecisionContext _context = new();
    private int[] _endings = [];
    private bool _hadLargeContext;

    public string UserKey { get; set; } = "";

    public string Environment { get; set; } = "";

    /// <summary>Whether the answer lists the flags too.</summary>
    public bool IncludesFlags { get; set; }

    /// <summary>For what is read and, once that is in <see cref="UserKey"/>, <see cref="Environment"/> and the context, for what is
    /// written; see <see cref="Reserve"/>.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Makes <see cref="Bytes"/> at least so long; what it holds stays.</summary>
    public byte[] Reserve(int length)
    {
        if (Bytes.Length < length)
        {
            byte[] longer = ArrayPool<byte>.Shared.Rent(Math.Max(length, Bytes.Length * 2));
            Bytes.CopyTo(longer, 0);
            GiveBackBytes();
            Bytes = longer;
        }

        return Bytes;
    }

    /// <returns>False where it is not a JSON object.</returns>
    public bool TrySetContext(ReadOnlySpan<byte> utf8Json)
    {
        _hadLargeContext = utf8Json.Length > MaxKeptBytes;
        try
        {
            _context.SetJson(utf8Json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Decides every experiment of the snapshot and answers the numbers of the outcomes.</summary>
    public ReadOnlySpan<int> Decide(CompiledSnapshot snapshot, DecisionSurroundings surroundings)
    {
        Span<int> endings = Endings(snapshot.ExperimentRows.Length);
        Evaluator.DecideExperiments(snapshot, surroundings, UserKey, endings, new ContextAttributes(_context));
        return endings;
    }

    /// <summary>The same for flags as well.</summary>
    /// <param name="snapshot">What is decided by.</param>
    /// <param name="flagCount">How many flags it has.</param>
    /// <param name="surroundings">Time and sticky store.</param>
    /// <param name="flags">The numbers of the flags' outcomes, in snapshot order.</param>
    public ReadOnlySpan<int> DecideEverything(
        CompiledSnapshot snapshot, int flagCount, DecisionSurroundings surroundings, out ReadOnlySpan<int> flags)
    {
        int experimentCount = snapshot.ExperimentRows.Length;
        Span<int> endings = Endings(experimentCount + flagCount);
        Span<int> experiments = endings[..experimentCount];
        Span<int> outcomes = endings[experimentCount..];
        Evaluator.DecideEverything(snapshot, surroundings, UserKey, experiments, outcomes, new ContextAttributes(_context));
        flags = outcomes;
        return experiments;
    }

    /// <summary>Forgets the request.</summary>
    /// <returns>Whether its buffers are worth keeping.</returns>
    public bool TryReset()
    {
        UserKey = Environment = "";
        IncludesFlags = false;
        _context.Clear();

        if (Bytes.Length > MaxKeptBytes || _hadLargeContext)
        {
            GiveBackBytes();
        }

        return !_hadLargeContext;
    }

    private Span<int> Endings(int count)
    {
        if (_endings.Length < count)
        {
            _endings = new int[count];
        }

        return _endings.AsSpan(0, count);
    }

    private void GiveBackBytes()
    {
        if (Bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Bytes);
            Bytes = [];
        }
    }
}
