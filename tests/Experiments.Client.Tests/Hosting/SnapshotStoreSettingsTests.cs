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

    [Theory]
    [InlineData("not a region")]
    [InlineData("us_east")]
    [InlineData("eu-west-1/")]
    [InlineData("-eu")]
    [InlineData("eu-")]
    [InlineData("é")]
    [InlineData("a123456789-123456789-123456789-123456789-123456789-123456789-123")]
    public void Read_MalformedRegion_IsRefused(string region)
    {
        SettingsReader reader = SettingsReaderTests.Read(("Snapshots:Kind", "s3"), ("Snapshots:Bucket", "configs"), ("Snapshots:Region", region));
        SnapshotStoreSettings.Read(reader, "data", "/srv");
        Assert.Equal(
            [$"Experiments:Snapshots:Region is '{region}'; allowed is letters, digits and hyphens between them, at most 63 characters"],
            reader.Problems);
    }

    [Theory]
    [InlineData("us-gov-west-1")]
    [InlineData("garage")]
    [InlineData("EU")]
    [InlineData("a123456789-123456789-123456789-123456789-123456789-123456789-12")]
    public void Read_Region_IsTaken(string region)
    {
        SettingsReader reader = SettingsReaderTests.Read(("Snapshots:Kind", "s3"), ("Snapshots:Bucket", "configs"), ("Snapshots:Region", region));
        Assert.Equal(region, SnapshotStoreSettings.Read(reader, "data", "/srv").S3.Region);
        Assert.Empty(reader.Problems);
    }

    [Theory]
    [InlineData("configs/team-a")]
    [InlineData("my configs")]
    [InlineData("s3://configs")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/a b")]
    public void Read_MalformedBucket_IsRefused(string bucket)
    {
        SettingsReader reader = SettingsReaderTests.Read(("Snapshots:Kind", "s3"), ("Snapshots:Bucket", bucket));
        SnapshotStoreSettings.Read(reader, "data", "/srv");
        Assert.StartsWith($"Experiments:Snapshots:Bucket is '{bucket}'; allowed is letters, digits, dots, ", Assert.Single(reader.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Read_LengthOfTheBucket_IsCheckedExactly(int length, bool isTaken)
    {
        SettingsReader reader = SettingsReaderTests.Read(("Snapshots:Kind", "s3"), ("Snapshots:Bucket", new string('b', length)));
        SnapshotStoreSettings.Read(reader, "data", "/srv");
        Assert.Equal(isTaken, reader.Problems.Count == 0);
    }

    [Theory]
    [InlineData("b")]
    [InlineData("Old_Bucket.of-2010")]
    [InlineData("tenant:configs")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/configs")]
    [InlineData("arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-01/accesspoint/configs")]
    public void Read_Bucket_IsTaken(string bucket)
    {
        SettingsReader reader = SettingsReaderTests.Read(("Snapshots:Kind", "s3"), ("Snapshots:Bucket", bucket));
        Assert.Equal(bucket, SnapshotStoreSettings.Read(reader, "data", "/srv").Bucket);
        Assert.Empty(reader.Problems);
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
