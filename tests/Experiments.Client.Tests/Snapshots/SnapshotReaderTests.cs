using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>What readers accept and refuse. How faults are named: <see cref="SnapshotFaultsTests"/>.</summary>
public sealed class SnapshotReaderTests
{
    private static byte[] Rich => SnapshotJson.Of($"[{SnapshotJson.Experiment(
        audienceRules: SnapshotJson.Rule("country", "in", "[\"US\",\"DE\"]"),
        targetingRules: SnapshotJson.Rule("plan", "eq", "\"pr\u00f6\\u0021\""))},{SnapshotJson.Experiment("second")}]");

    [Fact]
    public void Read_ValidSnapshot_IsAccepted()
    {
        SnapshotLoad load = Read(Rich);
        Assert.True(load.IsAccepted);
        Assert.Empty(load.Faults);
        Assert.Equal(1, load.Snapshot.Version);
        Assert.Equal("prod", load.Snapshot.Environment);
        Assert.Equal(["checkout", "second"], load.Snapshot.Flags.Select(experiment => experiment.Key));
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkippedOnce()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        Assert.True(Read([.. mark, .. Rich]).IsAccepted);
        Assert.False(Read([.. mark, .. mark, .. Rich]).IsAccepted);
    }

    [Fact]
    public void Read_TruncatedAtEveryByte_IsRejected()
    {
        byte[] json = Rich;
        for (int length = 0; length < json.Length; length++)
        {
            AssertRejected(json[..length]);
        }
    }

    [Fact]
    public void Read_InvalidUtf8AtEveryByte_IsRejected()
    {
        byte[] json = Rich;
        for (int i = 0; i < json.Length; i++)
        {
            byte[] broken = [.. json];
            broken[i] = 0xFF;
            AssertRejected(broken);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("<html></html>")]
    [InlineData("{\"version\":1")]
    public void Read_SomethingElse_IsRejected(string json) => AssertRejected(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Read_TrailingContent_IsRejected()
    {
        AssertRejected([.. Rich, .. "{}"u8]);
        Assert.True(Read([.. Rich, .. "\r\n "u8]).IsAccepted);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\"format\":1,", true)]
    [InlineData("\"format\":1.0,", true)]
    [InlineData("\"format\":0,", false)]
    [InlineData("\"format\":2,", true)]
    [InlineData("\"format\":2.0,", true)]
    [InlineData("\"format\":3,", false)]
    [InlineData("\"format\":-1,", false)]
    [InlineData("\"format\":1.5,", false)]
    [InlineData("\"format\":1e400,", false)]
    [InlineData("\"format\":\"1\",", false)]
    [InlineData("\"format\":null,", false)]
    [InlineData("\"format\":true,", false)]
    [InlineData("\"format\":{},", false)]
    public void Read_Format_OneTwoAndAbsentAreKnown(string member, bool isAccepted) =>
        Assert.Equal(isAccepted, Read(SnapshotJson.Of(extra: member)).IsAccepted);

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1e0", true)]
    [InlineData("10e-1", true)]
    [InlineData("1.5", false)]
    [InlineData("-1", false)]
    [InlineData("1e400", false)]
    public void Read_VersionSpelledOtherwise_IsTheSameNumber(string version, bool isAccepted) => Assert.Equal(
        isAccepted,
        SnapshotReader.Read(
            System.Text.Encoding.UTF8.GetBytes(
                $$"""{"version":{{version}},"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[]}"""),
            "prod",
            1).IsAccepted);

    [Theory]
    [InlineData(2, "prod")]
    [InlineData(0, "prod")]
    [InlineData(1, "Prod")]
    [InlineData(1, "prod ")]
    [InlineData(1, "")]
    public void Read_OtherVersionOrEnvironmentThanAsked_IsRejected(long version, string environment)
    {
        AssertRejected(SnapshotJson.Of(version: version, environment: environment));
        Assert.True(SnapshotReader.Read(SnapshotJson.Of(version: version, environment: environment), environment, version).IsAccepted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Read_ExtremeVersion_IsAccepted(long version) =>
        Assert.Equal(version, SnapshotReader.Read(SnapshotJson.Of(version: version), "prod", version).Snapshot!.Version);

    [Fact]
    public void Read_UnknownMembersEverywhere_AreIgnored()
    {
        const string extra = "\"zz\":[{\"deep\":{}}],";
        string json = Encoding.UTF8.GetString(Rich).Replace("{\"", "{" + extra + "\"", StringComparison.Ordinal);
        Assert.True(Read(Encoding.UTF8.GetBytes(json)).IsAccepted);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("ver\\ud800sion")]
    [InlineData("version\\udfff")]
    [InlineData("\\u0076ersion\\udfff")]
    public void Read_UnknownMembersWithLoneSurrogateNames_AreIgnored(string name)
    {
        string json = Encoding.UTF8.GetString(Rich);
        Assert.True(Read(Encoding.UTF8.GetBytes(json.Replace("{\"", $"{{\"{name}\":1,\"", StringComparison.Ordinal))).IsAccepted);
        Assert.True(Read(Encoding.UTF8.GetBytes(json.Replace("}", $",\"{name}\":{{\"{name}\":[]}}}}", StringComparison.Ordinal))).IsAccepted);
    }

    [Fact]
    public void Read_LoneSurrogateNameBesideAMissingMember_NamesTheMissingMember() =>
        Assert.Contains(Read("""{"\ud800":1,"version":1,"environment":"prod","publishedAt":""}"""u8.ToArray()).Faults, f => f.Contains("$.experiments"));

    [Fact]
    public void Read_PayloadWithLoneSurrogates_IsKeptAsItIs()
    {
        const string payload = """{"\ud800":"\udc00","a\ud83db":{"\ud800":1}}""";
        string member = SnapshotJson.Serving("k", payload);
        Assert.Equal(payload, Deciders.From($"[{member}]").Decide("k", "u").Payload.GetRawText());
        Assert.Equal(payload, Deciders.From($"[{member.Replace("{\"id\"", "{\"\\ud800\":1,\"id\"", StringComparison.Ordinal)}]").Decide("k", "u").Payload.GetRawText());
    }

    [Fact]
    public void Read_KnownMemberNamesWithEscapes_AreRead() =>
        Assert.True(Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Rich).Replace("\"version\"", "\"\\u0076ersion\"", StringComparison.Ordinal))).IsAccepted);

    [Theory]
    [InlineData("variants", "[]")]
    [InlineData("allocations", "[]")]
    [InlineData("allocations", """[{"variantId":"nobody","rangeStart":0,"rangeEnd":9999}]""")]
    [InlineData("allocations", """[{"variantId":"id-control","rangeStart":9,"rangeEnd":1},{"variantId":"id-control","rangeStart":-1e400,"rangeEnd":1e400}]""")]
    [InlineData("allocations", """[{"variantId":"id-control","rangeStart":0.25,"rangeEnd":1e2}]""")]
    [InlineData("variants", """[{"id":"","key":""},{"id":"","key":""}]""")]
    [InlineData("variants", """[{"id":"a","key":"a","payload":null},{"id":"b","key":"b","payload":5}]""")]
    [InlineData("targetingRules", """[{"conditions":[{"attribute":"","operator":"???"}]}]""")]
    [InlineData("targetingRules", """[{"conditions":[{"attribute":"a","operator":"in","value":7}]}]""")]
    [InlineData("salt", "\"\"")]
    [InlineData("salt", "\"\\ud800\"")]
    [InlineData("key", "\"\"")]
    [InlineData("id", "\"\"")]
    public void Read_OddButRightTypes_IsAccepted(string member, string value)
    {
        Dictionary<string, JsonElement> experiment =
            JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(SnapshotJson.Experiment())!;
        using JsonDocument odd = JsonDocument.Parse(value);
        experiment[member] = odd.RootElement;
        Assert.True(Read(SnapshotJson.Of($"[{string.Concat("{", string.Join(',', experiment.Select(m => $"\"{m.Key}\":{m.Value.GetRawText()}")), "}")}]")).IsAccepted);
    }

    [Fact]
    public void Read_DuplicateMember_EveryOneMustHaveTheRightType()
    {
        Assert.True(Read(SnapshotJson.Of(extra: "\"version\":7,\"experiments\":[],")).IsAccepted); // The last one counts.
        Assert.Contains("$.version", Assert.Single(Read(SnapshotJson.Of(extra: "\"version\":\"7\",")).Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SnapshotJsonContext.MaxDepth, true)]
    [InlineData(SnapshotJsonContext.MaxDepth + 1, false)]
    [InlineData(100_000, false)]
    public void Read_DeepPayload_IsReadDownToTheLimit(int depth, bool isAccepted)
    {
        // The payload itself is the sixth level.
        string payload = new string('[', depth - 5) + new string(']', depth - 5);
        SnapshotLoad load = Read(SnapshotJson.Of($"[{SnapshotJson.Serving("k", payload)}]"));
        Assert.Equal(isAccepted, load.IsAccepted);
        Assert.Equal(isAccepted, load.Faults.Count == 0);
    }

    [Fact]
    public void Read_ExtremeNumbersInBounds_BecomeInfinities()
    {
        string experiment = SnapshotJson.Experiment(
            allocations: """[{"variantId":"id-control","rangeStart":-1e400,"rangeEnd":1e400}]""");
        var decider = Deciders.From($"[{experiment}]");
        Assert.All(new[] { 0, 5_000, 9_999 }, bucket => Assert.True(decider.Decide("checkout", Buckets.UserIn(bucket)).Is("control")));
    }

    private static void AssertRejected(byte[] json)
    {
        SnapshotLoad load = Read(json);
        Assert.False(load.IsAccepted);
        Assert.Null(load.Snapshot);
        Assert.NotEmpty(load.Faults);
        Assert.All(load.Faults, fault => Assert.False(string.IsNullOrWhiteSpace(fault), CultureInfo.InvariantCulture.Name));
    }

    private static SnapshotLoad Read(byte[] json) => SnapshotReader.Read(json, "prod", 1);
}
