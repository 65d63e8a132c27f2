using System.Text;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Client.Tests.Sources;

/// <summary>A snapshot that arrived whole and is refused is not read again until the pointer names another.</summary>
public sealed class SnapshotPollerRefusedTests(S3Server server) : IClassFixture<S3Server>
{
    private const int Polls = 3;

    private static readonly byte[] s_poisoned = "{\"version\":2}"u8.ToArray();

    private readonly PollerRig _rig = new();

    [Fact]
    public async Task PollAsync_RefusedWithTheRightSha256_IsReadOnceAndSaidEachTime()
    {
        await PoisonAsync(sha256: null);
        for (int i = 0; i < Polls; i++)
        {
            await _rig.AssertPollAsync(PollResult.Rejected, 1);
            Assert.Contains("version 2: $.environment", _rig.Poller.Problem, StringComparison.Ordinal);
        }

        Assert.Equal(1, Reads(2));
        Assert.Single(_rig.Warnings);
    }

    [Fact]
    public async Task PollAsync_ProblemBetweenTwoLooks_SaysAgainWhyItWasRefused()
    {
        await PoisonAsync(sha256: null);
        await _rig.PollAsync();
        _rig.Source.Answer = (_, _) => throw new IOException("down");
        await _rig.AssertPollAsync(PollResult.Failed, 1);
        _rig.Source.Answer = null;
        await _rig.AssertPollAsync(PollResult.Rejected, 1);
        Assert.Contains("version 2: ", _rig.Poller.Problem, StringComparison.Ordinal);
        Assert.Equal(1, Reads(2));
    }

    [Fact]
    public async Task PollAsync_PointerWithAnotherSha256OrVersion_ReadsAgain()
    {
        await PoisonAsync(sha256: null);
        await _rig.PollAsync();
        _rig.Source.Publish(2);
        await _rig.AssertPollAsync(PollResult.Loaded, 2);
        Assert.Null(_rig.Poller.Problem);
        _rig.Source.Publish(3, s_poisoned);
        await _rig.AssertPollAsync(PollResult.Rejected, 2);
        _rig.Source.Publish(4);
        await _rig.AssertPollAsync(PollResult.Loaded, 4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task PollAsync_NobodyKnowsThatItCameWhole_ReadsAgain(string sha256)
    {
        await PoisonAsync(sha256);
        for (int i = 0; i < Polls; i++)
        {
            await _rig.AssertPollAsync(PollResult.Rejected, 1);
        }

        Assert.Equal(Polls, Reads(2));
    }

    [Fact]
    public async Task PollAsync_Directory_RefusesOnceAndLoadsTheNext()
    {
        using var directory = new TempDirectory();
        await AssertRefusedOnceAsync(
            new DirectorySource(directory.Path),
            (key, content) =>
            {
                DirectoryStore.Write(directory.Path, key, content);
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task PollAsync_Bucket_RefusesOnceAndLoadsTheNext()
    {
        const string Bucket = "refused-snapshots";
        await server.CreateBucketAsync(Bucket);
        using var source = new S3Source(Bucket, new S3Options { ServiceUrl = new Uri(server.Url), AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey });
        await AssertRefusedOnceAsync(source, (key, content) => server.PutAsync(Bucket, key, content));
    }

    private static async Task AssertRefusedOnceAsync(ISnapshotSource source, Func<string, byte[], Task> put)
    {
        var counting = new CountingSource(source);
        var holder = new SnapshotHolder();
        var poller = new SnapshotPoller(SnapshotJson.Environment, counting, holder, null, TimeProvider.System, NullLogger.Instance);
        await PublishAsync(put, 2, s_poisoned);
        for (int i = 0; i < Polls; i++)
        {
            Assert.Equal(PollResult.Rejected, await poller.PollAsync(CancellationToken.None));
            Assert.Contains("version 2: ", poller.Problem, StringComparison.Ordinal);
        }

        Assert.Equal(1, counting.Reads(SnapshotKeys.Snapshot(SnapshotJson.Environment, 2)));
        await PublishAsync(put, 3, SnapshotJson.Of(version: 3));
        Assert.Equal(PollResult.Loaded, await poller.PollAsync(CancellationToken.None));
        Assert.Equal(3, holder.Current?.Version);
        Assert.Null(poller.Problem);
    }

    private static async Task PublishAsync(Func<string, byte[], Task> put, long version, byte[] content)
    {
        await put(SnapshotKeys.Snapshot(SnapshotJson.Environment, version), content);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        await put(SnapshotKeys.Pointer(SnapshotJson.Environment), Encoding.UTF8.GetBytes($"{{\"version\":{version},\"sha256\":\"{sha256}\"}}"));
    }

    private async Task PoisonAsync(string? sha256)
    {
        _rig.Source.Publish(1);
        await _rig.PollAsync();
        _rig.Source.Publish(2, s_poisoned, sha256);
    }

    private int Reads(long version) => _rig.Source.Reads.Count(read => read.Key == SnapshotKeys.Snapshot(SnapshotJson.Environment, version));

    private sealed class CountingSource(ISnapshotSource inner) : ISnapshotSource
    {
        private readonly List<string> _keys = [];

        public string Location => inner.Location;

        public int Reads(string key) => _keys.Count(read => read == key);

        public ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
        {
            _keys.Add(key);
            return inner.ReadAsync(key, etag, maxBytes, cancellationToken);
        }
    }
}
