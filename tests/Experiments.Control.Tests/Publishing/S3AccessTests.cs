using System.Text;
using Experiments.Client;
using Experiments.Control.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Tests.Publishing;

/// <summary>A bucket that may not be listed: S3 answers 403 for what is missing, which the S3 server of the other tests does not do.</summary>
public sealed class S3AccessTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _objects = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private bool _mayWrite = true;
    private string? _lie;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    [Fact]
    public async Task ReadAsync_ForbiddenBecauseMissing_IsMissing()
    {
        using S3SnapshotStore store = Open();

        Assert.Null(await store.ReadAsync("configs/a/version.json", default));
    }

    [Fact]
    public async Task TryWriteAsync_NothingMayBeListed_PublishesAll()
    {
        using S3SnapshotStore store = Open();
        var objects = new SnapshotObjects(store, "a");

        Assert.Equal(0, await objects.GetHighestVersionAsync(default));
        Assert.NotNull(await objects.TryWriteAsync(1, Encoding.UTF8.GetBytes("""{"version":1}"""), DateTimeOffset.UnixEpoch, default));

        Assert.Equal(
            ["/bucket/configs/a/snapshots/1.json", "/bucket/configs/a/snapshots/latest.json", "/bucket/configs/a/version.json"],
            _objects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TryCreateAsync_WritingIsForbiddenToo_Throws()
    {
        _mayWrite = false;
        using S3SnapshotStore store = Open();

        IOException refused = await Assert.ThrowsAsync<IOException>(() => store.TryCreateAsync("configs/a/snapshots/1.json", "{}"u8.ToArray(), default));
        Assert.Contains("not allowed in the bucket \"bucket\"", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"publishedAt":"1970-01-01T00:00:00.000Z","name":"b"}""")] // one byte is another one
    public async Task TryWriteAsync_OtherBytesAreReadBack_LeavesThePointerAsItWas(string lie)
    {
        _lie = lie;
        using S3SnapshotStore store = Open();

        IOException refused = await Assert.ThrowsAsync<IOException>(() => WriteFirstAsync(store));

        Assert.Contains("other bytes are read back", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["/bucket/configs/a/snapshots/1.json"], _objects.Keys);
    }

    [Fact]
    public async Task TryWriteAsync_AnothersSnapshotIsReadBack_TakesThatVersionForWritten()
    {
        _lie = """{"version":1,"publishedAt":"1970-01-01T00:00:00.001Z","name":"a"}""";
        using S3SnapshotStore store = Open();

        Assert.Null(await WriteFirstAsync(store));
        Assert.Equal(["/bucket/configs/a/snapshots/1.json"], _objects.Keys);
    }

    private static Task<string?> WriteFirstAsync(S3SnapshotStore store) => new SnapshotObjects(store, "a").TryWriteAsync(
        1, """{"version":1,"publishedAt":"1970-01-01T00:00:00.000Z","name":"a"}"""u8.ToArray(), DateTimeOffset.UnixEpoch, default);

    private S3SnapshotStore Open() => new("bucket", new S3Options
    {
        ServiceUrl = new Uri(_app!.Urls.Single()), AccessKey = "a", SecretKey = "s",
    });

    /// <summary>Without what aws-chunked puts around it: one chunk, as <c>length;signature</c> in a line before it.</summary>
    private static string ContentOf(string body) => body.Split("\r\n") is [var head, var content, ..] && head.Contains(';', StringComparison.Ordinal) ? content : body;

    private async Task AnswerAsync(HttpContext http)
    {
        string key = http.Request.Path;
        if (HttpMethods.IsPut(http.Request.Method) && _mayWrite)
        {
            using var reader = new StreamReader(http.Request.Body);
            _objects[key] = ContentOf(await reader.ReadToEndAsync());
            http.Response.Headers.ETag = "\"1\"";
            return;
        }

        if (HttpMethods.IsGet(http.Request.Method) && _objects.TryGetValue(key, out string? stored))
        {
            http.Response.Headers.ETag = "\"1-1\"";
            await http.Response.WriteAsync(_lie ?? stored);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "application/xml";
        await http.Response.WriteAsync("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    }
}
