using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

public sealed class ReferenceFormat1VectorTests
{
    private static readonly Dictionary<string, string?> s_noOverrides = [];
    private static readonly Dictionary<string, string> s_noSticky = [];

    [Fact]
    public void Assignments_EveryVector_AreTheExpectedOnes()
    {
        var (snapshots, cases) = Vectors.ReadFormat1();
        Assert.Equal(1936, cases.Count);
        Assert.All(cases, vector =>
        {
            IReadOnlyList<ReferenceAssignment> assignments = Interpreter(snapshots[vector.SnapshotId]).Assignments(
                vector.UserKey, JsonElement.Parse(vector.ContextJson), DateTimeOffset.UnixEpoch, s_noOverrides, s_noSticky);
            JsonElement[] expected = [.. JsonElement.Parse(vector.Expected).EnumerateArray()];
            Assert.Equal(expected.Length, assignments.Count);
            Assert.All(expected.Zip(assignments), pair => AssertIs(pair.First, pair.Second));
        });
    }

    [Fact]
    public void Decide_EveryVector_AgreesWithAssignments()
    {
        var (snapshots, cases) = Vectors.ReadFormat1();
        Assert.All(cases, vector =>
        {
            ReferenceInterpreter interpreter = Interpreter(snapshots[vector.SnapshotId]);
            JsonElement context = JsonElement.Parse(vector.ContextJson);
            foreach (ReferenceAssignment assignment in interpreter
                .Assignments(vector.UserKey, context, DateTimeOffset.UnixEpoch, s_noOverrides, s_noSticky)
                .DistinctBy(assignment => assignment.ExperimentKey, StringComparer.Ordinal))
            {
                ReferenceDecision decision = interpreter.Decide(
                    assignment.ExperimentKey, vector.UserKey, context, DateTimeOffset.UnixEpoch, s_noOverrides, s_noSticky);
                if (decision.ExperimentId == assignment.ExperimentId)
                {
                    Assert.Equal("SPLIT", decision.Reason);
                    Assert.Equal(assignment.VariantId, decision.VariantId);
                }
            }
        });
    }

    private static ReferenceInterpreter Interpreter(VectorSnapshot snapshot) => new(JsonElement.Parse(snapshot.Json));

    private static void AssertIs(JsonElement expected, ReferenceAssignment actual)
    {
        Assert.Equal(expected.GetProperty("experiment_key").GetString(), actual.ExperimentKey);
        Assert.Equal(expected.GetProperty("experiment_id").GetString(), actual.ExperimentId);
        Assert.Equal(expected.GetProperty("variant_key").GetString(), actual.VariantKey);
        Assert.Equal(expected.GetProperty("variant_id").GetString(), actual.VariantId);
        bool hasPayload = expected.TryGetProperty("payload", out JsonElement payload);
        Assert.Equal(hasPayload, actual.PayloadJson is not null);
        Assert.True(!hasPayload || JsonValues.AreEqual(payload, JsonElement.Parse(actual.PayloadJson!)));
    }
}
