using Experiments.Client;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Support;

/// <summary>The SDK on one published snapshot, at a time that tests set.</summary>
internal sealed class PublishedDecider
{
    private readonly CompiledSnapshot _snapshot;

    public PublishedDecider(string environment, byte[] json)
    {
        SnapshotLoad load = SnapshotReader.Read(json, environment, version: null);
        Assert.Empty(load.Faults);
        Assert.Empty(SnapshotWarnings.Find(json));
        _snapshot = load.Snapshot!;
    }

    public DateTimeOffset Now { get; set; } = TimeProvider.System.GetUtcNow();

    public Decision Decide(string key, string userKey, params ContextAttribute[] attributes) => _snapshot.FlagByKey.TryGetValue(key, out int flag)
        ? Evaluator.Decide(_snapshot, flag, new DecisionSurroundings(new FakeTimeProvider(Now), null), userKey, new SpanAttributes(attributes))
        : _snapshot.FlagNotFound;

    /// <summary>Variant keys of users "0", "1" and so on.</summary>
    public string?[] Variants(string key, int users) =>
        [.. Enumerable.Range(0, users).Select(user => Decide(key, user.ToString(System.Globalization.CultureInfo.InvariantCulture)).VariantKey)];
}
