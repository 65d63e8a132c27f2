using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Tests.Support;

namespace Experiments.Client.Tests.Formats;

public sealed class Format1VectorTests
{
    [Fact]
    public void DecideAll_EveryVector_AgreesWithTheReference()
    {
        var (snapshots, cases) = Vectors.ReadFormat1();
        Dictionary<string, FeatureDecider> deciders = new(StringComparer.Ordinal);
        foreach (VectorSnapshot snapshot in snapshots.Values)
        {
            deciders.Add(snapshot.Id, Deciders.From(snapshot.Json, snapshot.Environment, snapshot.Version));
        }

        Assert.Equal(1936, cases.Count);
        Assert.All(cases, vector => AssertAgrees(deciders[vector.SnapshotId], vector));
    }

    [Fact]
    public void Decide_EveryVector_AgreesWithDecideAll()
    {
        var (snapshots, cases) = Vectors.ReadFormat1();
        var context = new DecisionContext();
        foreach (IGrouping<string, VectorCase> group in cases.GroupBy(vector => vector.SnapshotId))
        {
            VectorSnapshot snapshot = snapshots[group.Key];
            FeatureDecider decider = Deciders.From(snapshot.Json, snapshot.Environment, snapshot.Version);
            Decision[] all = new Decision[decider.Count];
            foreach (VectorCase vector in group)
            {
                context.SetJson(vector.ContextJson);
                decider.DecideAll(vector.UserKey, all, context);
                foreach (Decision expected in all.DistinctBy(decision => decision.Key, StringComparer.Ordinal))
                {
                    Assert.Same(expected, decider.Decide(expected.Key, vector.UserKey, context));
                }
            }
        }
    }

    [Fact]
    public void Bucket_EveryVector_AgreesWithTheReference()
    {
        var (snapshots, cases) = Vectors.ReadFormat1();
        Assert.All(cases, vector =>
        {
            VectorSnapshot snapshot = snapshots[vector.SnapshotId];
            CompiledSnapshot compiled = SnapshotReader.Read(snapshot.Json, snapshot.Environment, snapshot.Version).Snapshot!;
            var user = new UserKeyHash(vector.UserKey);
            int[] buckets = [.. compiled.ExperimentRows.Select(
                (_, i) => (int)(user.Then(compiled.Program.LiteralOf(in compiled.Program.Hashes[i])) % Buckets.Count))];
            Assert.Equal(vector.Buckets, buckets);
        });
    }

    private static void AssertAgrees(FeatureDecider decider, VectorCase vector)
    {
        Decision[] decisions = new Decision[decider.Count];
        Assert.Equal(decisions.Length, decider.DecideAll(vector.UserKey, decisions, new DecisionContext().SetJson(vector.ContextJson)));
        Decision[] assigned = [.. decisions.Where(decision => decision.IsAssigned)];
        using JsonDocument expected = JsonDocument.Parse(vector.Expected);
        Assert.Equal(expected.RootElement.GetArrayLength(), assigned.Length);
        foreach ((JsonElement row, Decision decision) in expected.RootElement.EnumerateArray().Zip(assigned))
        {
            Assert.Equal(row.GetProperty("experiment_key").GetString(), decision.Key);
            Assert.Equal(row.GetProperty("experiment_id").GetString(), decision.ExperimentId);
            Assert.Equal(row.GetProperty("variant_key").GetString(), decision.VariantKey);
            Assert.Equal(row.GetProperty("variant_id").GetString(), decision.VariantId);
            bool hasPayload = row.TryGetProperty("payload", out JsonElement payload);
            Assert.Equal(hasPayload, decision.Payload.ValueKind != JsonValueKind.Undefined);
            Assert.True(!hasPayload || JsonValues.AreEqual(payload, decision.Payload), $"payload of case {vector.Number}");
        }
    }
}
