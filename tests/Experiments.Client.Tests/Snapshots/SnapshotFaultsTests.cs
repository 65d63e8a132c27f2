using System.Text;
using System.Text.Json.Nodes;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>Every fault of a snapshot is named with its path, all of them at once.</summary>
public sealed class SnapshotFaultsTests
{
    private const string Variant = """{"id":"v","key":"on"}""";

    private static string Json => Encoding.UTF8.GetString(SnapshotJson.Of($"[{SnapshotJson.Experiment(
        targetingRules: SnapshotJson.Rule("a", "eq", "1"))}]"));

    [Theory]
    [InlineData("version")]
    [InlineData("environment")]
    [InlineData("publishedAt")]
    [InlineData("experiments")]
    [InlineData("experiments[0].id")]
    [InlineData("experiments[0].key")]
    [InlineData("experiments[0].salt")]
    [InlineData("experiments[0].audienceRules")]
    [InlineData("experiments[0].targetingRules")]
    [InlineData("experiments[0].targetingRules[0].conditions")]
    [InlineData("experiments[0].targetingRules[0].conditions[0].attribute")]
    [InlineData("experiments[0].targetingRules[0].conditions[0].operator")]
    [InlineData("experiments[0].variants")]
    [InlineData("experiments[0].variants[1].id")]
    [InlineData("experiments[0].variants[1].key")]
    [InlineData("experiments[0].allocations")]
    [InlineData("experiments[0].allocations[1].variantId")]
    [InlineData("experiments[0].allocations[1].rangeStart")]
    [InlineData("experiments[0].allocations[1].rangeEnd")]
    public void Read_RequiredMemberMissingOrOfAnotherType_NamesItsPath(string path)
    {
        JsonNode member = Find(JsonNode.Parse(Json)!, path);
        Assert.Equal($"$.{path}: missing", Assert.Single(FaultsWithout(path)));
        foreach (string other in new[] { "null", "true", "5", "\"text\"", "{}", "[]" })
        {
            if (JsonNode.Parse(other)?.GetValueKind() != member.GetValueKind())
            {
                Assert.StartsWith($"$.{path}: ", Assert.Single(FaultsWith(path, other)), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("experiments[0]")]
    [InlineData("experiments[0].targetingRules[0]")]
    [InlineData("experiments[0].targetingRules[0].conditions[0]")]
    [InlineData("experiments[0].variants[1]")]
    [InlineData("experiments[0].allocations[0]")]
    public void Read_ItemThatIsNoObject_NamesItsPath(string path)
    {
        foreach (string other in new[] { "null", "true", "5", "\"text\"", "[]" })
        {
            Assert.StartsWith($"$.{path}: ", Assert.Single(FaultsWith(path, other)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("9223372036854775808")]
    public void Read_VersionThatIsNoInteger_NamesIt(string version) =>
        Assert.Equal($"$.version: {version} is not an integer from 0 on", Assert.Single(FaultsWith("version", version)));

    [Theory]
    [InlineData("experiments[0].targetingRules[0].conditions[0].value")]
    [InlineData("experiments[0].variants[0].payload")]
    public void Read_OptionalMemberMissingOrOfAnyType_IsNoFault(string path)
    {
        Assert.Empty(FaultsWithout(path));
        Assert.All(new[] { "null", "true", "5", "\"text\"", "{}", "[]" }, other => Assert.Empty(FaultsWith(path, other)));
    }

    [Fact]
    public void Read_ManyFaults_NamesEveryOne()
    {
        const string json = """
            {"format":7,"version":"1","environment":5,
             "experiments":[null,{"id":1,"key":"k","audienceRules":{},"targetingRules":[{"conditions":[{"attribute":1}]},{}],
              "variants":[{"id":"a"},[]],"allocations":[{"variantId":"a","rangeStart":"0","rangeEnd":null}]}]}
            """;
        Assert.Equal(
            [
                "$.format: 7 is a format that this reader does not know; it knows 1 and 2",
                "$.version: a string where a number must be",
                "$.environment: a number where a string must be",
                "$.publishedAt: missing",
                "$.experiments[0]: null where an object must be",
                "$.experiments[1].id: a number where a string must be",
                "$.experiments[1].salt: missing",
                "$.experiments[1].audienceRules: an object where an array must be",
                "$.experiments[1].targetingRules[0].conditions[0].attribute: a number where a string must be",
                "$.experiments[1].targetingRules[0].conditions[0].operator: missing",
                "$.experiments[1].targetingRules[1].conditions: missing",
                "$.experiments[1].variants[0].key: missing",
                "$.experiments[1].variants[1]: an array where an object must be",
                "$.experiments[1].allocations[0].rangeStart: a string where a number must be",
                "$.experiments[1].allocations[0].rangeEnd: null where a number must be",
            ],
            Read(json).Faults);
    }

    [Fact]
    public void Read_RightShapeForAnotherPlace_NamesVersionAndEnvironment()
    {
        IReadOnlyList<string> faults = SnapshotReader.Read(
            SnapshotJson.Of(version: 8, environment: "other"), "prod", 7).Faults;
        Assert.Equal(2, faults.Count);
        Assert.Contains("version 7 was asked for", faults[0], StringComparison.Ordinal);
        Assert.Contains("\"other\"", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ThousandsOfFaults_ListsThemUpToALimit()
    {
        string variants = $"[{string.Join(',', Enumerable.Repeat("5", 10_000))}]";
        IReadOnlyList<string> faults = Read(Encoding.UTF8.GetString(SnapshotJson.Of($"[{SnapshotJson.Experiment(variants: variants)}]"))).Faults;
        Assert.InRange(faults.Count, 100, 110);
    }

    [Fact]
    public void Read_NotJson_SaysSo() => Assert.StartsWith("not JSON: ", Assert.Single(Read("{").Faults), StringComparison.Ordinal);

    [Fact]
    public void Read_InvalidUtf8_SaysSo() =>
        Assert.Equal("not valid UTF-8", Assert.Single(SnapshotReader.Read(new byte[] { (byte)'{', 0xFF, (byte)'}' }, "prod", 1).Faults));

    [Fact]
    public void Read_VariantWithoutPayload_IsNoFault() =>
        Assert.Empty(Read(Encoding.UTF8.GetString(SnapshotJson.Of($"[{SnapshotJson.Experiment(variants: $"[{Variant}]")}]"))).Faults);

    private static IReadOnlyList<string> FaultsWithout(string path) => Changed(path, parent =>
    {
        parent.AsObject().Remove(LastName(path));
    });

    private static IReadOnlyList<string> FaultsWith(string path, string value) => Changed(path, parent =>
    {
        // JsonNode would write numbers its own way, so the value is put in as text afterwards.
        JsonNode marker = JsonValue.Create("@@@");
        if (path.EndsWith(']'))
        {
            parent.AsArray()[int.Parse(path[(path.LastIndexOf('[') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)] = marker;
        }
        else
        {
            parent[LastName(path)] = marker;
        }
    }, value);

    private static IReadOnlyList<string> Changed(string path, Action<JsonNode> change, string value = "")
    {
        JsonNode root = JsonNode.Parse(Json)!;
        change(Find(root, ParentOf(path)));
        return Read(root.ToJsonString().Replace("\"@@@\"", value, StringComparison.Ordinal)).Faults;
    }

    private static JsonNode Find(JsonNode root, string path)
    {
        JsonNode node = root;
        foreach (string segment in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = int.TryParse(segment, out int index) ? node[index]! : node[segment]!;
        }

        return node;
    }

    private static string ParentOf(string path) => path[..Math.Max(0, Math.Max(path.LastIndexOf('.'), path.EndsWith(']') ? path.LastIndexOf('[') : 0))];

    private static string LastName(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static SnapshotLoad Read(string json) => SnapshotReader.Read(Encoding.UTF8.GetBytes(json), "prod", 1);
}
