using Experiments.Client.Hosting;
using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Hosting;

public sealed class SnapshotStoreSettingsTests
{
    [Fact]
    public void Read_NothingGiven_IsADirectoryInTheDataDirectory()
    {
        SettingsReader reader = SettingsReaderTests.Read();
        SnapshotStoreSettings settings = SnapshotStoreSettings.Read(reader, "/srv/data", "/srv");
        Assert.Equal("/srv/data/snapshots", settings.Directory);
        Assert.Null(settings.Bucket);
        Assert.Equal("/srv/data/snapshots", settings.Description);
        Assert.Equal("/srv/data/snapshots", Assert.IsType<DirectorySource>(settings.CreateSource()).Location);
        Assert.Empty(reader.Problems);
    }

    [Theory]
    [InlineData("store", "/srv/app/store")]
    [InlineData("../store", "/srv/store")]
    [InlineData("/abs/store", "/abs/store")]
    public void Read_Directory_StartsAtTheContentRoot(string directory, string expected) => Assert.Equal(
        expected,
        SnapshotStoreSettings.Read(SettingsReaderTests.Read(("Snapshots:Directory", directory)), "data", "/srv/app").Directory);

    [Fact]
    public void Read_S3_TakesEverything()
    {
        SettingsReader reader = SettingsReaderTests.Read(
            ("Snapshots:Kind", "s3"), ("Snapshots:Bucket", "configs"), ("Snapshots:Prefix", "/team/a/"),
            ("Snapshots:ServiceUrl", "http://127.0.0.1:9000"), ("Snapshots:Region", "eu-west-1"),
            ("Snapshots:AccessKey", "key"), ("Snapshots:SecretKey", "secret"));
        SnapshotStoreSettings settings = SnapshotStoreSettings.Read(reader, "data", "/srv");
        Assert.Empty(reader.Problems);
        Assert.Null(settings.Directory);
        Assert.Equal("configs", settings.Bucket);
        Assert.Equal("team/a", settings.S3.Prefix);
        Assert.Equal("s3://configs/team/a", settings.Description);
        using S3Source source = Assert.IsType<S3Source>(settings.CreateSource());
        Assert.Equal("http://127.0.0.1:9000/configs/team/a", source.Location);
        Assert.DoesNotContain("secret", settings.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_S3WithProblems_NamesThemAll()
    {
        SettingsReader reader = SettingsReaderTests.Read(
            ("Snapshots:Kind", "s3"), ("Snapshots:ServiceUrl", "minio:9000"), ("Snapshots:AccessKey", "key"));
        SnapshotStoreSettings.Read(reader, "data", "/srv");
        Assert.Equal(
            ["Experiments:Snapshots:ServiceUrl", "Experiments:Snapshots:Bucket", "Experiments:Snapshots:SecretKey"],
            reader.Problems.Select(problem => problem.Split(' ')[0]));
    }
}
