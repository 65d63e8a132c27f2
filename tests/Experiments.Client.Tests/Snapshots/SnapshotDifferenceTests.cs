using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots;

public sealed class SnapshotDifferenceTests
{
    private const string Hash = """ "h":{"fn":"murmur3","input":[{"attr":["$key"]},":s"],"buckets":10000} """;
    private const string OtherHash = """ "h":{"fn":"murmur3","input":[{"attr":["$key"]},":t"],"buckets":10000} """;
    private const string Audience = """ "staff":{"if":{"attribute":"plan","operator":"eq","value":"pro"}} """;
    private const string OtherAudience = """ "staff":{"if":{"attribute":"plan","operator":"eq","value":"free"}} """;

    private static readonly string s_flags = string.Join(
        ',',
        FlagsJson.On("plain", "true"),
        FlagsJson.On("bucketed", """{"hash":"h","ranges":[[0,5000]]}"""),
        FlagsJson.On("for-staff", """{"audience":"staff"}"""),
        FlagsJson.On("above", """{"flag":"for-staff","variants":["on"]}"""));

    [Fact]
    public void ChangedKeys_SameContent_AreNone() => Assert.Empty(Changed(Read(s_flags), Read(s_flags)));

    [Fact]
    public void ChangedKeys_FirstSnapshot_AreAll() => Assert.Equal(["above", "bucketed", "for-staff", "plain"], Changed(null, Read(s_flags)));

    [Fact]
    public void ChangedKeys_Hash_AreThoseThatUseIt() => Assert.Equal(["bucketed"], Changed(Read(s_flags), Read(s_flags, OtherHash)));

    [Fact]
    public void ChangedKeys_Audience_AreThoseThatUseItAndThoseAbove() =>
        Assert.Equal(["above", "for-staff"], Changed(Read(s_flags), Read(s_flags, audiences: OtherAudience)));

    [Fact]
    public void ChangedKeys_AddedRemovedAndEdited_AreNamed()
    {
        string edited = s_flags.Replace("\"default\":\"off\"", "\"default\":\"on\"", StringComparison.Ordinal);
        Assert.Equal(["above", "bucketed", "for-staff", "plain"], Changed(Read(s_flags), Read(edited)));
        Assert.Equal(["new"], Changed(Read(s_flags), Read($"{s_flags},{FlagsJson.On("new", "true")}")));
        Assert.Equal(["new"], Changed(Read($"{s_flags},{FlagsJson.On("new", "true")}"), Read(s_flags)));
    }

    [Fact]
    public void ChangedKeys_Experiment_IsNamedByItsOwnContent()
    {
        CompiledSnapshot before = Load(SnapshotJson.Of($"[{SnapshotJson.Experiment("a")},{SnapshotJson.Experiment("b")}]"));
        CompiledSnapshot after = Load(SnapshotJson.Of($"[{SnapshotJson.Experiment("b", salt: "other")},{SnapshotJson.Experiment("a")}]"));
        Assert.Equal(["b"], Changed(before, after));
    }

    private static string[] Changed(CompiledSnapshot? before, CompiledSnapshot after) => SnapshotDifference.ChangedKeys(before, after);

    private static CompiledSnapshot Read(string flags, string hashes = Hash, string audiences = Audience) =>
        Load(FlagsJson.Of(flags, hashes, audiences));

    private static CompiledSnapshot Load(byte[] json)
    {
        SnapshotLoad load = SnapshotReader.Read(json, "prod", 1);
        Assert.Empty(load.Faults);
        return load.Snapshot!;
    }
}
