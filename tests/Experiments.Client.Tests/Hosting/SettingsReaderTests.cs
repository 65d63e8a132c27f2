using System.Net;
using Experiments.Client.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.Client.Tests.Hosting;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Uses_KeysThatWereDescribed_SayDefaultAndWhatIsAllowed()
    {
        SettingsReader settings = Read();
        settings.Number("Count", "how many", 3, 0, 7);
        settings.Text("Count");
        settings.Flag("On", "whether", true, "true on Mondays");
        settings.Url("Url", "where");
        settings.Text("Undescribed");
        Assert.Equal(
            [
                new SettingUse("Count", "3", "an integer from 0 to 7", "how many"), new SettingUse("On", "true on Mondays", "true or false", "whether"),
                new SettingUse("Url", null, "an absolute http or https URL", "where"),
            ],
            settings.Uses);
    }

    [Fact]
    public void Read_GoodValues_AreParsed()
    {
        SettingsReader settings = Read(
            ("Kind", "S3"), ("On", "TRUE"), ("Count", "7"), ("Every", "00:00:02.5"), ("Url", "https://example.com/x"),
            ("Names", " a, b ,,c"), ("Ips", "127.0.0.1,::1"));
        Assert.Equal("s3", settings.Choice("Kind", "what it does", "directory", "directory", "s3"));
        Assert.True(settings.Flag("On", "what it does", false));
        Assert.Equal(7, settings.Number("Count", "what it does", 1, 0, 7));
        Assert.Equal(TimeSpan.FromSeconds(2.5), settings.Duration("Every", "what it does", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.MaxValue));
        Assert.Equal("https://example.com/x", settings.Url("Url", "what it does")!.AbsoluteUri);
        Assert.Equal(["a", "b", "c"], settings.List("Names"));
        Assert.Equal(2, settings.List<IpValue>("Ips", "what it does", IpValue.Parse, "IP addresses").Count);
        Assert.Empty(settings.Problems);
    }

    [Fact]
    public void Read_AbsentOrEmpty_TakesTheFallback()
    {
        SettingsReader settings = Read(("Kind", ""), ("Url", ""));
        Assert.Equal("directory", settings.Choice("Kind", "what it does", "directory", "directory", "s3"));
        Assert.True(settings.Flag("On", "what it does", true));
        Assert.Equal(3, settings.Number("Count", "what it does", 3, 0, 7));
        Assert.Equal(TimeSpan.FromDays(1), settings.Duration("Every", "what it does", TimeSpan.FromDays(1), TimeSpan.Zero, TimeSpan.MaxValue));
        Assert.Null(settings.Url("Url", "what it does"));
        Assert.Equal(["x", "y"], settings.List("Names", "x,y"));
        Assert.Empty(settings.Problems);
    }

    [Fact]
    public void Read_BadValues_ListsEveryKeyValueAndWhatIsAllowed()
    {
        SettingsReader settings = Read(
            ("Kind", "ftp"), ("On", "yes"), ("Count", "8"), ("Every", "soon"), ("Url", "ftp://x"), ("Ips", "1.2.3.4,me"));
        settings.Choice("Kind", "what it does", "directory", "directory", "s3");
        settings.Flag("On", "what it does", false);
        settings.Number("Count", "what it does", 1, 0, 7);
        settings.Duration("Every", "what it does", TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        settings.Url("Url", "what it does");
        settings.List<IpValue>("Ips", "what it does", IpValue.Parse, "IP addresses");
        Assert.Equal(
            [
                "Experiments:Kind is 'ftp'; allowed is one of directory, s3",
                "Experiments:On is 'yes'; allowed is true or false",
                "Experiments:Count is '8'; allowed is an integer from 0 to 7",
                "Experiments:Every is 'soon'; allowed is a time (hh:mm:ss) from 00:00:01 to 00:00:02",
                "Experiments:Url is 'ftp://x'; allowed is an absolute http or https URL",
                "Experiments:Ips is 'me'; allowed is IP addresses",
            ],
            settings.Problems);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("1.5")]
    [InlineData("00:00:11")]
    public void Duration_BareNumberOrOutOfRange_IsRefused(string value)
    {
        SettingsReader settings = Read(("Every", value));
        Assert.Equal(TimeSpan.FromSeconds(3), settings.Duration("Every", "what it does", TimeSpan.FromSeconds(3), TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.Single(settings.Problems);
    }

    internal static SettingsReader Read(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"Experiments:{setting.Key}", (string?)setting.Value))).Build(),
        "Experiments");

    private readonly record struct IpValue(IPAddress Address)
    {
        public static IpValue? Parse(string text) => IPAddress.TryParse(text, out IPAddress? address) ? new IpValue(address) : null;
    }
}
