using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Microsoft.Extensions.Configuration;

namespace Experiments.Decide.Tests;

public sealed class DecideSettingsTests
{
    [Fact]
    public void Read_Nothing_TakesTheDefaults()
    {
        var (settings, problems) = Read();
        Assert.Empty(problems);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.PollInterval);
        Assert.Equal("/root/of/content/data/snapshots", settings.Snapshots.Directory);
        Assert.Equal("/root/of/content/data/last-good", settings.LastGoodDirectory);
        Assert.Equal(10_000, settings.MaxEnvironments);
        Assert.Empty(settings.Environments);
    }

    [Fact]
    public void Read_DataDirectory_MovesWhatIsInsideIt()
    {
        DecideSettings settings = Read(("DataDirectory", "../other")).Settings;
        Assert.Equal("/root/of/other/snapshots", settings.Snapshots.Directory);
        Assert.Equal("/root/of/other/last-good", settings.LastGoodDirectory);
        Assert.Equal("/elsewhere/last-good", Read(("DataDirectory", "/elsewhere")).Settings.LastGoodDirectory);
    }

    [Fact]
    public void Read_SnapshotsDirectory_IsTakenFromTheContentRoot()
    {
        DecideSettings settings = Read(("DataDirectory", "/elsewhere"), ("Snapshots:Directory", "store")).Settings;
        Assert.Equal("/root/of/content/store", settings.Snapshots.Directory);
    }

    [Fact]
    public void Read_S3_TakesBucketAndPrefix()
    {
        var (settings, problems) = Read(("Snapshots:Kind", "S3"), ("Snapshots:Bucket", "b"), ("Snapshots:Prefix", "/p/"), ("PollInterval", "00:01:00"));
        Assert.Empty(problems);
        Assert.Equal("s3://b/p", settings.Snapshots.Description);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.PollInterval);
    }

    [Fact]
    public void Read_SeveralMistakes_ReportsThemAll() => Assert.Equal(
        [
            "Experiments:Snapshots:ServiceUrl is 'nonsense'; allowed is an absolute http or https URL",
            "Experiments:Snapshots:Bucket is missing; allowed is the name of a bucket (Snapshots:Kind is s3)",
            "Experiments:Snapshots:SecretKey is missing; allowed is AccessKey and SecretKey together, or neither for the AWS default chain",
            "Experiments:PollInterval is '00:00:00.049'; allowed is a time (hh:mm:ss) from 00:00:00.0500000 to 1.00:00:00",
        ],
        Read(("Snapshots:Kind", "s3"), ("Snapshots:ServiceUrl", "nonsense"), ("Snapshots:AccessKey", "a"), ("PollInterval", "00:00:00.049")).Problems);

    [Fact]
    public void Read_Environments_TakesEachOnce() =>
        Assert.Equal(["prod", "a b"], Read(("Environments", "prod, a b ,prod")).Settings.Environments);

    [Theory]
    [InlineData("Environments", "a\tb")]
    [InlineData("Snapshots:Kind", "disk")]
    [InlineData("PollInterval", "soon")]
    [InlineData("PollInterval", "1.00:00:01")]
    public void Read_BadValue_IsReported(string key, string value)
    {
        string problem = Assert.Single(Read((key, value)).Problems);
        Assert.StartsWith($"Experiments:{key} is '{value}'; allowed is ", problem, StringComparison.Ordinal);
    }

    private static (DecideSettings Settings, IReadOnlyList<string> Problems) Read(params (string Key, string Value)[] values)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(pair => $"Experiments:{pair.Key}", pair => (string?)pair.Value))
            .Build();
        var reader = new SettingsReader(configuration, DecideSettings.Section);
        return (DecideSettings.Read(reader, "/root/of/content"), reader.Problems);
    }
}
