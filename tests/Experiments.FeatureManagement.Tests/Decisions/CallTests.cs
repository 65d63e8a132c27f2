using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests.Decisions;

/// <summary>Arguments, cancellation, session managers and many callers at once.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task Calls_NullArguments_ThrowArgumentNullException()
    {
        await using App app = await App.StartAsync(services => services.AddExperimentsFeatureManagement(), [Snapshots.On("beta")]);
        using IServiceScope scope = app.Services.CreateScope();
        foreach (IVariantFeatureManager features in new[]
        {
            scope.ServiceProvider.GetRequiredService<IVariantFeatureManager>(),
            scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>(),
        })
        {
            await Assert.ThrowsAsync<ArgumentNullException>("feature", async () => await features.IsEnabledAsync(null!));
            await Assert.ThrowsAsync<ArgumentNullException>("feature", async () => await features.GetVariantAsync(null!));
            await Assert.ThrowsAsync<ArgumentNullException>("context", async () => await features.IsEnabledAsync("beta", (object)null!));
            await Assert.ThrowsAsync<ArgumentNullException>("context", async () => await features.GetVariantAsync("beta", (ITargetingContext)null!));
            Assert.True(await features.IsEnabledAsync("beta", 7)); // A context may be a value.
        }
    }

    [Fact]
    public async Task Calls_CanceledToken_AreCanceled()
    {
        await using App app = await App.StartAsync(services => services.AddExperimentsFeatureManagement(), [Snapshots.On("beta")]);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        var canceled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await features.IsEnabledAsync("beta", canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await features.IsEnabledAsync("beta", 7, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await features.GetVariantAsync("beta", canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await features.GetFeatureNamesAsync(canceled).ToArrayAsync());
    }

    [Fact]
    public async Task IsEnabledAsync_AccessorThatHangs_EndsOnCancellationAndSpoilsNoScope()
    {
        var accessor = new GatedTargeting();
        await using App app = await App.StartAsync(
            services => services.AddSingleton<ITargetingContextAccessor>(accessor).AddExperimentsFeatureManagement(), [Snapshots.On("beta")]);
        using IServiceScope scope = app.Services.CreateScope();
        var features = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
        using var giveUp = new CancellationTokenSource();
        ValueTask<bool> first = features.IsEnabledAsync("beta", giveUp.Token);
        ValueTask<bool> second = features.IsEnabledAsync("beta");
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await first);
        Assert.False(second.IsCompleted);
        accessor.Context.SetResult(new TargetingContext { UserId = "alice" });
        Assert.True(await second);
        Assert.True(await features.IsEnabledAsync("beta"));
    }

    [Fact]
    public async Task IsEnabledAsync_SessionManager_IsAskedFirstAndToldWhatWasDecided()
    {
        var session = new MemorySession();
        await using App app = await App.StartAsync(
            services => services.AddSingleton<ISessionManager>(session).AddExperimentsFeatureManagement(), [Snapshots.On("beta")]);
        IFeatureManager features = app.Services.GetRequiredService<IFeatureManager>();
        Assert.True(await features.IsEnabledAsync("beta"));
        Assert.False(await features.IsEnabledAsync("nowhere"));
        Assert.Equal(new Dictionary<string, bool> { ["beta"] = true }, session.Remembered);
        await app.PublishAsync(2, Snapshots.On("nowhere"));
        Assert.True(await features.IsEnabledAsync("beta")); // The session keeps it.
        Assert.True(await features.IsEnabledAsync("nowhere")); // What was unknown was not remembered.
    }

    [Fact]
    public async Task SingletonManager_ManyThreads_DecidesForEachItsOwnUser()
    {
        await using App app = await App.StartAsync(services => services.AddExperimentsFeatureManagement(), [Snapshots.Split("split")]);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        await Parallel.ForAsync(0, 5_000, async (user, cancellationToken) =>
        {
            Variant variant = await features.GetVariantAsync("split", new TargetingContext { UserId = $"user-{user}" }, cancellationToken);
            Assert.Equal(app.Decider.Decide("split", $"user-{user}").VariantKey, variant.Name);
            Assert.Equal(variant.Name == "A" ? "1" : "2", variant.Configuration["size"]);
        });
    }

    private sealed class GatedTargeting : ITargetingContextAccessor
    {
        public TaskCompletionSource<TargetingContext> Context { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<TargetingContext> GetContextAsync() => new(Context.Task);
    }

    private sealed class MemorySession : ISessionManager
    {
        public Dictionary<string, bool> Remembered { get; } = [];

        public Task SetAsync(string featureName, bool enabled)
        {
            Remembered[featureName] = enabled;
            return Task.CompletedTask;
        }

        public Task<bool?> GetAsync(string featureName) =>
            Task.FromResult<bool?>(Remembered.TryGetValue(featureName, out bool enabled) ? enabled : null);
    }
}
