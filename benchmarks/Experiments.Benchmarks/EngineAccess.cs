using System.Security.Cryptography;
using Experiments.Client;
using Experiments.Client.Bucketing;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Benchmarks;

/// <summary>
/// The only file here that knows internals of the SDK: loading a snapshot, making one live, reading a context, starting from disk.
/// Whoever changes the engine adapts this file and nothing else. A compiled snapshot is an <see cref="object"/> to everyone else.
/// </summary>
internal sealed class EngineAccess
{
    /// <summary>Newest snapshot format that the engine loads; operators of a newer one are left out of the benchmarks.</summary>
    public const int MaxFormat = 2;

    private const string Location = "benchmark";

    private readonly SnapshotHolder _holder = new();

    public EngineAccess(object? snapshot = null)
    {
        Decider = new FeatureDecider(Workload.Environment, _holder, DecisionSurroundings.Default);
        if (snapshot is not null)
        {
            Swap(snapshot);
        }
    }

    public IFeatureDecider Decider { get; }

    /// <summary>JSON to the form in memory. The bytes may be kept by the result.</summary>
    public static object Load(ReadOnlyMemory<byte> utf8Json)
    {
        SnapshotLoad load = SnapshotReader.Read(utf8Json, Workload.Environment, Workload.Version);
        return load.Snapshot ?? throw new InvalidOperationException(string.Join("; ", load.Faults));
    }

    /// <summary>Makes a loaded snapshot the one that decides.</summary>
    public void Swap(object snapshot) => _holder.Swap((CompiledSnapshot)snapshot);

    /// <summary>Reads a context, without deciding, in the way that is to be used before decisions of this engine.</summary>
#pragma warning disable CA1822 // An engine whose contexts know the attributes of a snapshot needs the instance.
    public void ReadContext(DecisionContext context, ReadOnlySpan<byte> utf8Json) => context.SetJson(utf8Json);
#pragma warning restore CA1822

    /// <summary>The bucket of <c>userKey:salt</c> as the engine computes it, to check the yardstick by.</summary>
    public static int Bucket(string userKey, ReadOnlySpan<byte> salt)
    {
        byte[] literal = [(byte)':', .. salt];
        return (int)BucketSpace.Experiment.BucketOf(new UserKeyHash(userKey).Then(HashLiteral.From(literal)));
    }

    /// <summary>Writes the last-good file that <see cref="StartFromDisk"/> reads.</summary>
    public static Task WriteLastGoodAsync(string directory, ReadOnlyMemory<byte> utf8Json) => LastGood(directory).WriteAsync(
        new LastGoodContent(utf8Json, Workload.Version, Convert.ToHexStringLower(SHA256.HashData(utf8Json.Span))), CancellationToken.None);

    /// <summary>What a process does on disk before its first decision: read the file, check it, load it, make it live.</summary>
    public static EngineAccess StartFromDisk(string directory)
    {
        var engine = new EngineAccess();
        var poller = new SnapshotPoller(
            Workload.Environment, new DirectorySource(directory), engine._holder, LastGood(directory), TimeProvider.System, NullLogger.Instance);
        poller.LoadLastGood();
        return engine;
    }

    private static LastGoodFile LastGood(string directory) => new(directory, Location, Workload.Environment, TimeProvider.System, NullLogger.Instance);
}
