using System.Net;
using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

public sealed class FailureWordsTests
{
    [Theory]
    [InlineData("The SSL connection could not be established, see inner exception.", "It is not trusted.", "The SSL connection could not be established: It is not trusted.")]
    [InlineData("See inner exception", "It is not trusted.", "It is not trusted.")]
    [InlineData("It is not trusted, see inner exception.", "It is not trusted.", "It is not trusted.")]
    [InlineData("Failed, see inner exception.", "Failed, see inner exception.", "Failed, see inner exception.")]
    [InlineData("Connection refused", "It is not trusted.", "Connection refused")]
    public void Of_WithACause_SaysItWhereTheMessagePointsToIt(string message, string cause, string expected)
    {
        var inner = new IOException("Authentication failed, see inner exception.", new IOException(cause));
        Assert.Equal(expected, FailureWords.Of(new IOException(message, inner)));
    }

    [Fact]
    public void Of_PointerToNothing_IsTheMessage() =>
        Assert.Equal("Failed, see inner exception.", FailureWords.Of(new IOException("Failed, see inner exception.")));

    [Fact]
    public async Task Of_HttpSourceWithoutTls_SaysWhy()
    {
        await using HttpStore store = await HttpStore.StartAsync((int)HttpStatusCode.OK, []);
        using var source = new HttpSource(new UriBuilder(store.Url) { Scheme = Uri.UriSchemeHttps }.Uri);
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(
            async () => await source.ReadAsync("configs/a/version.json", null, 1000, default));
        string message = FailureWords.Of(failure);
        Assert.DoesNotContain("see inner exception", message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($": {failure.GetBaseException().Message}", message, StringComparison.Ordinal);
    }
}
