using Experiments.Server.Settings;

namespace Experiments.Server.Tests.Settings;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://127.0.0.9:3000")]
    [InlineData("http://[::1]:3000")]
    [InlineData("https://LOCALHOST:3000/")]
    [InlineData("http://unix:/run/experiments.sock")]
    [InlineData("http://localhost:3000;http://127.0.0.1:3001")]
    public void RemoteOnes_Loopback_IsNone(string urls) => Assert.Empty(ListenAddresses.RemoteOnes(SettingsOf.Configuration(("urls", urls))));

    [Theory]
    [InlineData("http://0.0.0.0:3000")]
    [InlineData("http://*:3000")]
    [InlineData("http://+:3000")]
    [InlineData("http://[::]:3000")]
    [InlineData("http://192.0.2.1:3000")]
    [InlineData("http://example.com")]
    [InlineData("http://localhost.example.com:3000")]
    public void RemoteOnes_ReachableByOthers_IsNamedAndRefused(string urls)
    {
        Assert.Equal([urls], ListenAddresses.RemoteOnes(SettingsOf.Configuration(("urls", urls))));
        foreach (string roles in new[] { "control", "gateway", "control,dashboard" })
        {
            SettingsException refused = Assert.Throws<SettingsException>(() => SettingsOf.Read(("urls", urls), ("Experiments:Roles", roles)));
            Assert.Contains(urls, refused.Message, StringComparison.Ordinal);
            Assert.True(SettingsOf.Read(("urls", urls), ("Experiments:Roles", roles), ("Experiments:AllowRemote", "true")).AllowRemote);
        }

        Assert.False(SettingsOf.Read(("urls", urls), ("Experiments:Roles", "decide")).AllowRemote);
    }

    [Theory]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://*:80")]
    public void Read_OtherWaysToSayWhere_Count(string key, string value) =>
        Assert.Single(ListenAddresses.RemoteOnes(SettingsOf.Configuration((key, value))));

    [Fact]
    public void RemoteOnes_NotAnAddress_IsLeftToTheServer() =>
        Assert.Empty(ListenAddresses.RemoteOnes(SettingsOf.Configuration(("urls", "foo"))));
}
