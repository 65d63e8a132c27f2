using System.Diagnostics;
using Experiments.Client.Hosting;
using Experiments.Client.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Experiments.Client.Tests.Hosting;

/// <summary>The SDK in a host: what is registered, when it is ready, how it stops.</summary>
public sealed class AddExperimentsTests : IDisposable
{
    private static readonly TimeSpan s_fast = TimeSpan.FromMilliseconds(50);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task AddExperiments_PublishedSnapshot_IsDecidedFrom()
    {
        DirectoryStore.Publish(_directory.Path, 1, $"[{SnapshotJson.Serving("new-nav", "true")}]");
        using IHost host = Build(services => services.AddExperiments("prod").FromDirectory(_directory.Path));
        await host.StartAsync();
        IFeatureDecider features = host.Services.GetRequiredService<IFeatureDecider>();
        await features.WaitUntilReadyAsync().WaitAsync(Eventually.DefaultWithin);
        Assert.True(features.IsOn("new-nav", "user"));
        Assert.Equal("prod", features.Environment);
        Assert.Equal(1, features.SnapshotVersion);
        Assert.Equal(1, features.Count);
        await host.StopAsync();
    }

    [Fact]
    public async Task AddExperiments_SnapshotPublishedLater_IsPickedUp()
    {
        using IHost host = Build(services => services.AddExperiments("prod", o => o.PollInterval = s_fast).FromDirectory(_directory.Path));
        await host.StartAsync();
        IFeatureDecider features = host.Services.GetRequiredService<IFeatureDecider>();
        Task ready = features.WaitUntilReadyAsync();
        Assert.False(ready.IsCompleted);
        Assert.Equal(DecisionReason.NotReady, features.Decide("k", "user").Reason);
        DirectoryStore.Publish(_directory.Path, 1);
        await ready.WaitAsync(Eventually.DefaultWithin);
        DirectoryStore.Publish(_directory.Path, 2);
        await Eventually.HoldsAsync(() => features.SnapshotVersion == 2, "version 2");
        await host.StopAsync();
    }

    [Fact]
    public void Decide_HostNotStarted_AnswersNotReady()
    {
        using IHost host = Build(services => services.AddExperiments("prod").FromDirectory(_directory.Path));
        IFeatureDecider features = host.Services.GetRequiredService<IFeatureDecider>();
        Assert.Equal(DecisionReason.NotReady, features.Decide("k", "user", [("a", 1)]).Reason);
        Assert.Equal(7, features.Value("k", "user", fallback: 7));
    }

    [Fact]
    public async Task AddExperiments_SeveralEnvironments_AreKeyedAndTheFirstIsUnkeyed()
    {
        DirectoryStore.Publish(_directory.Path, 1, environment: "prod");
        DirectoryStore.Publish(_directory.Path, 2, environment: "my env");
        using IHost host = Build(services =>
        {
            services.AddExperiments("prod").FromDirectory(_directory.Path);
            services.AddExperiments("my env").FromDirectory(_directory.Path);
        });
        await host.StartAsync();
        foreach ((string environment, long version) in new[] { ("prod", 1L), ("my env", 2L) })
        {
            IFeatureDecider features = host.Services.GetRequiredKeyedService<IFeatureDecider>(environment);
            await features.WaitUntilReadyAsync().WaitAsync(Eventually.DefaultWithin);
            Assert.Equal(environment, features.Environment);
            Assert.Equal(version, features.SnapshotVersion);
        }

        Assert.Same(host.Services.GetRequiredKeyedService<IFeatureDecider>("prod"), host.Services.GetRequiredService<IFeatureDecider>());
        await host.StopAsync();
    }

    [Fact]
    public void AddExperiments_SameEnvironmentTwice_RegistersItOnce()
    {
        using IHost host = Build(services =>
        {
            services.AddExperiments("prod", o => o.PollInterval = TimeSpan.FromSeconds(7)).FromDirectory("/first");
            services.AddExperiments("prod", o => o.LastGoodDirectory = "/last-good").FromDirectory("/second");
        });
        Assert.Single(host.Services.GetServices<IHostedService>());
        Assert.Equal("/second", host.Services.GetRequiredKeyedService<ISnapshotSource>("prod").Location);
        ExperimentsOptions options = host.Services.GetRequiredService<IOptionsMonitor<ExperimentsOptions>>().Get("prod");
        Assert.Equal(TimeSpan.FromSeconds(7), options.PollInterval);
        Assert.Equal("/last-good", options.LastGoodDirectory);
    }

    [Fact]
    public void From_SeveralSources_LastOneCounts()
    {
        using IHost host = Build(services => services.AddExperiments("prod")
            .FromDirectory("/somewhere").FromUrl("http://127.0.0.1:1/base/").FromDirectory("/at-last").FromUrl(new Uri("https://example.com")));
        Assert.Equal("https://example.com", Assert.IsType<HttpSource>(host.Services.GetRequiredKeyedService<ISnapshotSource>("prod")).Location);
    }

    [Fact]
    public void FromS3_Options_ReachTheSource()
    {
        using IHost host = Build(services => services.AddExperiments("prod").FromS3("bucket", s3 =>
        {
            s3.ServiceUrl = new Uri("http://127.0.0.1:9");
            s3.Prefix = "team";
            s3.AccessKey = "a";
            s3.SecretKey = "s";
        }));
        Assert.Equal(
            "http://127.0.0.1:9/bucket/team", Assert.IsType<S3Source>(host.Services.GetRequiredKeyedService<ISnapshotSource>("prod")).Location);
    }

    [Fact]
    public async Task StartAsync_LastGoodFileAndStoreDown_DecidesAtOnce()
    {
        DirectoryStore.Publish(_directory.Path, 4);
        string lastGood = _directory.PathOf("last-good");
        string store = await ServeOnceAsync(lastGood);
        using IHost host = Build(services => services.AddExperiments("prod", o => o.LastGoodDirectory = lastGood).FromUrl(store));
        await host.StartAsync();
        Assert.Equal(4, host.Services.GetRequiredService<IFeatureDecider>().SnapshotVersion);
        Assert.True(host.Services.GetRequiredService<IFeatureDecider>().WaitUntilReadyAsync().IsCompletedSuccessfully);
        await host.StopAsync();
    }

    [Fact]
    public async Task StartAndStop_HungStore_ArePrompt()
    {
        await using HttpStore store = await HttpStore.StartHungAsync();
        using IHost host = Build(services => services.AddExperiments("prod").FromUrl(store.Url));
        long started = Stopwatch.GetTimestamp();
        await host.StartAsync();
        await Eventually.HoldsAsync(() => store.Targets.Count > 0, "a request");
        await host.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5)); // A read may take 10 s.
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void AddExperiments_BadEnvironmentName_ThrowsArgumentException(string environment)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(nameof(environment), () => new ServiceCollection().AddExperiments(environment));
        Assert.Contains("1 to 64 characters", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddExperiments_NullArguments_ThrowArgumentNullException()
    {
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddExperiments("prod"));
        Assert.Throws<ArgumentNullException>("environment", () => new ServiceCollection().AddExperiments(null!));
        ExperimentsBuilder builder = new ServiceCollection().AddExperiments("prod");
        Assert.Throws<ArgumentNullException>("bucket", () => builder.FromS3(null!));
        Assert.Throws<ArgumentException>("bucket", () => builder.FromS3(""));
        Assert.Throws<ArgumentException>("path", () => builder.FromDirectory(""));
        Assert.Throws<ArgumentNullException>("configure", () => builder.Configure(null!));
        Assert.Throws<ArgumentNullException>("baseUrl", () => builder.FromUrl((Uri)null!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a url")]
    [InlineData("/relative")]
    [InlineData("ftp://example.com")]
    [InlineData("file:///etc")]
    public void FromUrl_NotHttp_ThrowsArgumentException(string url) =>
        Assert.Throws<ArgumentException>("baseUrl", () => new ServiceCollection().AddExperiments("prod").FromUrl(url));

    private static IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }

    /// <summary>Lets a host load over HTTP once, and answers the URL where now nothing listens.</summary>
    private async Task<string> ServeOnceAsync(string lastGood)
    {
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            byte[] content = await File.ReadAllBytesAsync(_directory.Path + context.Request.Path);
            await context.Response.Body.WriteAsync(content);
        });
        using IHost host = Build(services => services.AddExperiments("prod", o => o.LastGoodDirectory = lastGood).FromUrl(store.Url));
        await host.StartAsync();
        var runtime = host.Services.GetRequiredKeyedService<EnvironmentRuntime>("prod");
        await Eventually.HoldsAsync(() => runtime.Poller.LastResult == PollResult.Loaded, "a load, file written");
        await host.StopAsync();
        return store.Url;
    }
}
