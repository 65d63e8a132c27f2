using System.Net;
using System.Text;

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>The S3 server of the tests does what the tests of the product rely on.</summary>
public sealed class S3ServerTests : IAsyncLifetime
{
    private readonly S3Server _server = new();

    [Fact]
    public async Task Create_ObjectExists_Answers412AndKeepsTheFirst()
    {
        await _server.CreateBucketAsync("bucket");

        HttpStatusCode first = await _server.CreateAsync("bucket", "configs/prod/1.json", "one"u8.ToArray());
        HttpStatusCode second = await _server.CreateAsync("bucket", "configs/prod/1.json", "two"u8.ToArray());

        Assert.Equal(HttpStatusCode.OK, first);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second);
        Assert.Equal("one"u8.ToArray(), await _server.GetAsync("bucket", "configs/prod/1.json"));
    }

    [Fact]
    public async Task List_KeysWithPercentSigns_AnswersThemAsWritten()
    {
        await _server.CreateBucketAsync("bucket");
        await _server.PutAsync("bucket", "configs/caf%C3%A9%2F1/version.json", "1"u8.ToArray());
        await _server.PutAsync("bucket", "other", "2"u8.ToArray());

        Assert.Equal(["configs/caf%C3%A9%2F1/version.json"], await _server.ListAsync("bucket", "configs/"));
        Assert.Equal("1", Encoding.UTF8.GetString((await _server.GetAsync("bucket", "configs/caf%C3%A9%2F1/version.json"))!));
    }

    [Fact]
    public async Task Resume_AfterSuspend_AnswersTheWaitingRequestAndKeepsObjects()
    {
        await _server.CreateBucketAsync("bucket");
        await _server.PutAsync("bucket", "key", "kept"u8.ToArray());

        _server.Suspend();
        Task<byte[]?> waiting = _server.GetAsync("bucket", "key");
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromMilliseconds(300)));
        _server.Resume();

        Assert.Equal("kept"u8.ToArray(), await waiting);
    }

    [Fact]
    public async Task StartAgain_AfterKill_ListensOnTheSameUrlWithNothingStored()
    {
        await _server.CreateBucketAsync("bucket");
        await _server.PutAsync("bucket", "key", "lost"u8.ToArray());

        await _server.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => _server.GetAsync("bucket", "key"));
        await _server.StartAgainAsync();

        Assert.Null(await _server.GetAsync("bucket", "key"));
    }

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();
}
