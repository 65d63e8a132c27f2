using Experiments.Server.Startup;
using Experiments.Server.Tests.Settings;

namespace Experiments.Server.Tests.Startup;

public sealed class StartupMessageTests
{
    [Fact]
    public void Text_Everything_SaysWhereAndWhatNext()
    {
        string text = StartupMessage.Text(["http://localhost:3000"], SettingsOf.Read(), []);
        Assert.Contains("control, decide, gateway, dashboard", text, StringComparison.Ordinal);
        Assert.Contains("/srv/product/data/experiments.db", text, StringComparison.Ordinal);
        Assert.Contains("/srv/product/data/snapshots", text, StringComparison.Ordinal);
        Assert.Contains("curl http://localhost:3000/api/environments", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway", "curl http://x:1/health", true)]
    [InlineData("decide", "/api/decide?user_key=user-123&env=prod", false)]
    public void Text_OneRole_SuggestsWhatItCanDo(string roles, string next, bool isWarned)
    {
        string text = StartupMessage.Text(
            ["http://x:1"], SettingsOf.Read(("Experiments:Roles", roles), ("Experiments:AllowRemote", "true")), ["http://x:1"]);
        Assert.Contains(next, text, StringComparison.Ordinal);
        Assert.Equal(isWarned, text.Contains("WARNING", StringComparison.Ordinal));
    }
}
