using Experiments.Client.Hosting;
using Experiments.Server.Settings;

namespace Experiments.Server.Tests.Settings;

public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Store:ConectionString", "Experiments:Store:ConnectionString")]
    [InlineData("PollIntervall", "Experiments:PollInterval")]
    [InlineData("ConnectionString", "Experiments:Store:ConnectionString")]
    [InlineData("RateLimit:AllowList:0", "Experiments:RateLimit:AllowList")]
    [InlineData("Colour", null)]
    [InlineData("x", null)]
    public void FindUnknown_Misspelt_NamesTheNearest(string key, string? nearest) =>
        Assert.Equal([new UnknownSetting($"Experiments:{key}", nearest)], FindUnknown(($"Experiments:{key}", "x")));

    [Fact]
    public void FindUnknown_KeysOfOtherRolesAndSections_AreKnown() => Assert.Empty(FindUnknown(
        ("Experiments:Roles", "decide"),
        ("Experiments:store:kind", "litedb"),
        ("Experiments:Gateway:DecideUrl", "http://decide:3002"),
        ("Experiments:Snapshots:Kind", "directory"),
        ("Experiments:Snapshots:Region", "eu-central-1"),
        ("Experiments:Snapshots:Nothing", null),
        ("Experimental:Colour", "red"),
        ("Logging:LogLevel:Default", "Warning")));

    private static IReadOnlyList<UnknownSetting> FindUnknown(params (string Key, string? Value)[] values)
    {
        var configuration = SettingsOf.Configuration(values);
        var reader = new SettingsReader(configuration, ServerSettings.Section);
        ServerSettings.Read(configuration, SettingsOf.ContentRoot, reader);
        return reader.FindUnknown();
    }
}
