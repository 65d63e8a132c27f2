namespace Experiments.Gateway.Tests;

public class GatewayOptionsTests
{
    [Fact]
    public void Defaults_AreTheContracts()
    {
        var options = new GatewayOptions();

        Assert.Equal((300, TimeSpan.FromSeconds(60)), (options.RateLimit.PermitLimit, options.RateLimit.Window));
        Assert.True(options.RateLimit.Enabled);
        Assert.Empty(options.RateLimit.AllowList);
        Assert.Empty(options.TrustedProxies);
        Assert.Equal(TimeSpan.FromSeconds(30), options.BackendTimeout);
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("ftp://control")]
    public void Urls_NotHttp_Throw(string url)
    {
        var uri = new Uri(url, UriKind.RelativeOrAbsolute);

        Assert.Throws<ArgumentException>(() => new GatewayOptions { ControlUrl = uri });
        Assert.Throws<ArgumentException>(() => new GatewayOptions { ControlUrls = [uri] });
        Assert.Throws<ArgumentException>(() => new GatewayOptions { DecideUrls = [uri] });
    }

    [Fact]
    public void Urls_SameTwice_Throws()
    {
        var uri = new Uri("http://server:3001");

        Assert.Throws<ArgumentException>(() => new GatewayOptions { ControlUrls = [uri, uri] });
        Assert.Throws<ArgumentException>(() => new GatewayOptions { DecideUrls = [uri, uri] });
    }

    [Fact]
    public void ControlUrl_IsTheFirstOfControlUrls()
    {
        Uri[] urls = [new("http://a:3001"), new("http://b:3001")];

        Assert.Null(new GatewayOptions().ControlUrl);
        Assert.Equal(urls[0], new GatewayOptions { ControlUrls = urls }.ControlUrl);
        Assert.Equal(urls[..1], new GatewayOptions { ControlUrl = urls[0] }.ControlUrls);
        Assert.Empty(new GatewayOptions { ControlUrl = null }.ControlUrls);
    }

    [Fact]
    public void Numbers_ZeroOrLess_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimitOptions { PermitLimit = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimitOptions { Window = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GatewayOptions { BackendTimeout = TimeSpan.Zero });
    }
}
