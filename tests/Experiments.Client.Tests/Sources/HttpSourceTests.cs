using System.IO.Compression;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.AspNetCore.Http;

namespace Experiments.Client.Tests.Sources;

public sealed class HttpSourceTests
{
    private const string Key = "configs/prod/version.json";

    private static readonly byte[] s_content = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("W/\"abc\"")]
    public async Task ReadAsync_ETag_IsSentBackAndAnswersNotModified(string etag)
    {
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            context.Response.Headers.ETag = etag;
            if (context.Request.Headers.IfNoneMatch == etag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            await context.Response.Body.WriteAsync(s_content);
        });
        using HttpSource source = new(new Uri(store.Url));
        SourceObject found = await ReadAsync(source);
        Assert.Equal(SourceObjectStatus.Found, found.Status);
        Assert.Equal(s_content, found.Content.ToArray());
        Assert.Equal(etag, found.ETag);
        Assert.Equal(SourceObjectStatus.NotModified, (await ReadAsync(source, found.ETag)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-quoted")]
    public async Task ReadAsync_NoUsableETag_IsFoundWithoutOne(string? etag)
    {
        await using HttpStore store = await HttpStore.StartAsync(200, s_content, etag);
        using HttpSource source = new(new Uri(store.Url));
        SourceObject found = await ReadAsync(source);
        Assert.Equal(SourceObjectStatus.Found, found.Status);
        Assert.Null(found.ETag);
    }

    [Fact]
    public async Task ReadAsync_NotFound_IsMissing()
    {
        await using HttpStore store = await HttpStore.StartAsync(404, "nope"u8.ToArray());
        using HttpSource source = new(new Uri(store.Url));
        Assert.Equal(SourceObjectStatus.Missing, (await ReadAsync(source)).Status);
    }

    [Fact]
    public async Task ReadAsync_Forbidden_IsDenied()
    {
        await using HttpStore store = await HttpStore.StartAsync(403, []);
        using HttpSource source = new(new Uri(store.Url));
        Assert.Equal(SourceObjectStatus.Denied, (await ReadAsync(source)).Status);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task ReadAsync_OtherStatus_ThrowsNamingIt(int status)
    {
        await using HttpStore store = await HttpStore.StartAsync(status, []);
        using HttpSource source = new(new Uri(store.Url));
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(async () => await ReadAsync(source));
        Assert.Contains($"{status}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_LargerThanTheLimit_Throws(bool announced)
    {
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            context.Response.ContentLength = announced ? s_content.Length : null;
            await context.Response.Body.WriteAsync(s_content);
        });
        using HttpSource source = new(new Uri(store.Url));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await source.ReadAsync(Key, null, s_content.Length - 1, default));
        Assert.Equal(s_content, (await source.ReadAsync(Key, null, s_content.Length, default)).Content.ToArray());
    }

    [Fact]
    public async Task ReadAsync_CompressedBomb_IsLimitedByItsRealSize()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[10_000_000]);
        }

        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(compressed.ToArray());
        });
        using HttpSource source = new(new Uri(store.Url));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await source.ReadAsync(Key, null, 1_000_000, default));
        Assert.Equal(10_000_000, (await source.ReadAsync(Key, null, 10_000_000, default)).Content.Length);
    }

    [Fact]
    public async Task ReadAsync_CutOff_Throws()
    {
        await using HttpStore store = await HttpStore.StartCutOffAsync(s_content, s_content.Length * 2);
        using HttpSource source = new(new Uri(store.Url));
        await Assert.ThrowsAnyAsync<Exception>(async () => await source.ReadAsync(Key, null, 1_000_000, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_HungServer_EndsOnCancellation(bool afterHeaders)
    {
        await using HttpStore store = await HttpStore.StartHungAsync(afterHeaders);
        using HttpSource source = new(new Uri(store.Url));
        using var cancellation = new CancellationTokenSource();
        Task<SourceObject> read = source.ReadAsync(Key, null, 1_000, cancellation.Token).AsTask();
        await Eventually.HoldsAsync(() => store.Targets.Count == 1, "a request");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Eventually.DefaultWithin));
    }

    [Fact]
    public async Task ReadAsync_NothingListens_Throws()
    {
        using HttpSource source = new(new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await ReadAsync(source));
    }

    [Theory]
    [InlineData("my env", "/configs/my%20env/version.json")]
    [InlineData("a/b", "/configs/a%2Fb/version.json")]
    [InlineData(".", "/configs/%2E/version.json")]
    [InlineData("..", "/configs/%2E%2E/version.json")]
    [InlineData("ünï", "/configs/%C3%BCn%C3%AF/version.json")]
    [InlineData("100%", "/configs/100%25/version.json")]
    [InlineData("a?b#c", "/configs/a%3Fb%23c/version.json")]
    public async Task ReadAsync_OddEnvironmentName_IsOnTheWireAsTheKeySays(string environment, string target)
    {
        await using HttpStore store = await HttpStore.StartAsync(200, s_content);
        foreach (string path in new[] { "", "/", "/base", "/base/" })
        {
            using HttpSource source = new(new Uri(store.Url + path));
            await source.ReadAsync(SnapshotKeys.Pointer(environment), null, 100_000, default);
            Assert.Equal(path.TrimEnd('/') + target, store.Targets.Last());
        }
    }

    private static ValueTask<SourceObject> ReadAsync(HttpSource source, string? etag = null) =>
        source.ReadAsync(Key, etag, 1_000_000, CancellationToken.None);
}
