using System.Globalization;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Control.Explaining;

namespace Experiments.Control.Tests.Explaining;

public sealed class LoadedSnapshotsTests
{
    private static readonly CompiledSnapshot s_snapshot = SnapshotReader.Read(
        """{"version":1,"environment":"prod","publishedAt":"","experiments":[]}"""u8.ToArray(), "prod", 1).Snapshot!;

    private readonly LoadedSnapshots _loaded = new();

    [Fact]
    public void Find_Kept_AnswersTheLastOneOfTheObject()
    {
        _loaded.Keep(Loaded("a", "1"));
        _loaded.Keep(Loaded("a", "2"));

        Assert.Equal("2", _loaded.Find("a")!.ETag);
        Assert.Null(_loaded.Find("b"));
    }

    [Fact]
    public void Keep_MoreThanItHolds_ForgetsTheOneNotAskedForLongest()
    {
        for (int i = 0; i < LoadedSnapshots.MaxCount; i++)
        {
            _loaded.Keep(Loaded(i.ToString(CultureInfo.InvariantCulture), "e"));
        }

        _loaded.Find("0");
        _loaded.Keep(Loaded("new", "e"));

        Assert.NotNull(_loaded.Find("0"));
        Assert.Null(_loaded.Find("1"));
        Assert.NotNull(_loaded.Find("2"));
        Assert.NotNull(_loaded.Find("new"));
    }

    private static LoadedSnapshot Loaded(string key, string etag) => new(key, etag, s_snapshot);
}
