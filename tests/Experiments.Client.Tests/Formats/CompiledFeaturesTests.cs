using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;
using Experiments.Client.Tests.Reference;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Client.Tests.Formats;

/// <summary>
/// What the control server compiles an environment to that uses every feature (its own tests hold the file to that), decided by the engine
/// and by the slow interpreter.
/// </summary>
public sealed class CompiledFeaturesTests
{
    private const int Users = 2_000;

    private static readonly string[] s_contexts =
    [
        "{}",
        """{"country":"US","email":"ann@corp.example","beta":true,"account":7,"version":"2.1.0"}""",
        """{"country":"DE","beta":true,"account":"acme","age":18,"plan":null}""",
        """{"country":"CA","email":"x@other","beta":false,"age":17,"version":"1.9.9","account":{}}""",
    ];

    private static readonly string[] s_times = ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z", "2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z", "2027-01-01T00:00:00Z"];

    private static byte[] Json => File.ReadAllBytes(Repository.Vectors("compiled-features.json"));

    [Fact]
    public void Decide_EveryFeature_AgreesWithTheInterpreter()
    {
        CompiledSnapshot snapshot = SnapshotReader.Read(Json, "prod", 7).Snapshot!;
        var interpreter = new ReferenceInterpreter(JsonElement.Parse(Json), null);
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        var noOverrides = new Dictionary<string, string?>(StringComparer.Ordinal);
        var noSticky = new Dictionary<string, string>(StringComparer.Ordinal);
        var context = new DecisionContext();
        for (int user = 0; user < Users; user++)
        {
            string userKey = user == 0 ? "user-ö" : $"user-{user}";
            string contextJson = s_contexts[user % s_contexts.Length];
            var now = DateTimeOffset.Parse(s_times[user / s_contexts.Length % s_times.Length], System.Globalization.CultureInfo.InvariantCulture);
            context.SetJson(System.Text.Encoding.UTF8.GetBytes(contextJson));
            var surroundings = new DecisionSurroundings(new FakeTimeProvider(now), null);
            foreach (string key in new[] { "plain", "layered", "served", "gate", "price" })
            {
                ReferenceDecision expected = interpreter.Decide(key, userKey, JsonElement.Parse(contextJson), now, noOverrides, noSticky);
                Decision actual = Modes.Decide(snapshot, snapshot.FlagByKey[key], userKey, new ContextAttributes(context), surroundings);
                Assert.Equal(
                    (expected.VariantKey, expected.Reason, expected.RuleId, expected.Fault),
                    (actual.VariantKey, actual.ReasonText, actual.RuleId, actual.Fault));
                reasons.Add($"{key} {actual.ReasonText} {actual.VariantKey}");
            }
        }

        // Every rule of every flag has decided for somebody.
        string[] seen =
        [
            "plain SPLIT a", "plain DEFAULT ", "layered SPLIT b", "layered HOLDOUT ", "layered PREREQUISITE_FAILED ", "layered OVERRIDE b", "layered DEFAULT ",
            "served SPLIT a", "served SPLIT b", "served DEFAULT ", "gate TARGETING_MATCH on", "gate DEFAULT off",
            "price OVERRIDE low", "price OVERRIDE high", "price HOLDOUT high", "price TARGETING_MATCH low", "price SPLIT low", "price SPLIT high", "price DEFAULT high",
        ];
        Assert.Empty(seen.Except(reasons, StringComparer.Ordinal));
    }

    /// <summary>What a reader sees that knows no other members than those of format 1: the plain experiment as ever, the others assign nobody.</summary>
    [Fact]
    public void Decide_AsAReaderOfFormat1_PlainExperimentsAreTheSameAndTheOthersAssignNobody()
    {
        JsonObject old = JsonNode.Parse(Json)!.AsObject();
        foreach (string member in new[] { "format", "hashes", "audiences", "flags" })
        {
            old.Remove(member);
        }

        CompiledSnapshot whole = SnapshotReader.Read(Json, "prod", 7).Snapshot!;
        CompiledSnapshot reduced = SnapshotReader.Read(JsonSerializer.SerializeToUtf8Bytes(old), "prod", 7).Snapshot!;
        ContextAttribute[] attributes = [("country", "US"), ("email", "ann@corp.example"), ("beta", true)];
        for (int user = 0; user < 200; user++)
        {
            string userKey = $"user-{user}";
            Decision Of(CompiledSnapshot snapshot, string key) => Evaluator.Decide(
                snapshot, snapshot.FlagByKey[key], DecisionSurroundings.Default, userKey, new SpanAttributes(attributes));
            Assert.Equal(Of(whole, "plain").VariantId, Of(reduced, "plain").VariantId);
            Assert.False(Of(reduced, "layered").IsAssigned);
            Assert.False(Of(reduced, "served").IsAssigned);
        }
    }
}
