using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests.Decisions;

/// <summary>What the snapshot interfaces answered once holds for their scope.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task Snapshots_NewVersionInBetween_KeepTheirAnswers()
    {
        await using App app = await App.StartAsync(
            services => services.AddExperimentsFeatureManagement(), [Snapshots.On("beta"), Snapshots.Serving("color", "green", "1")]);
        using IServiceScope scope = app.Services.CreateScope();
        var plain = scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>();
        var variants = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
        var current = scope.ServiceProvider.GetRequiredService<IFeatureManager>();
        Assert.True(await plain.IsEnabledAsync("beta"));
        Assert.False(await plain.IsEnabledAsync("later"));
        Variant green = await variants.GetVariantAsync("color");
        Assert.Equal("green", green.Name);
        Assert.Equal(["beta", "color"], await plain.GetFeatureNamesAsync().ToArrayAsync());

        await app.PublishAsync(2, Snapshots.Serving("color", "red", "2"), Snapshots.On("later"));
        Assert.True(await plain.IsEnabledAsync("beta"));
        Assert.True(await variants.IsEnabledAsync("beta")); // The two interfaces share one scope.
        Assert.False(await variants.IsEnabledAsync("later"));
        Assert.Same(green, await variants.GetVariantAsync("color"));
        Assert.Equal(["beta", "color"], await variants.GetFeatureNamesAsync(CancellationToken.None).ToArrayAsync());

        Assert.False(await current.IsEnabledAsync("beta"));
        using IServiceScope next = app.Services.CreateScope();
        Assert.False(await next.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>().IsEnabledAsync("beta"));
        Assert.Equal("red", (await next.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>().GetVariantAsync("color")).Name);
    }

    [Fact]
    public async Task Snapshots_EnabledThenVariant_ComeFromOneVersion()
    {
        await using App app = await App.StartAsync(services => services.AddExperimentsFeatureManagement(), [Snapshots.Serving("color", "on", "1")]);
        using IServiceScope scope = app.Services.CreateScope();
        var features = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
        Assert.True(await features.IsEnabledAsync("color"));
        await app.PublishAsync(2, Snapshots.Serving("color", "red", "2"));
        Assert.Equal("on", (await features.GetVariantAsync("color")).Name);
    }

    [Fact]
    public async Task Snapshots_ContextsOfDifferentUsers_GetTheirOwnAnswers()
    {
        await using App app = await App.StartAsync(
            services => services.AddExperimentsFeatureManagement(options =>
                options.MapContext<Tenant>((context, tenant) => context.Attributes.Set("tenant", tenant.Id))),
            [Snapshots.On("alice-only", Snapshots.Rule("userId", "\"alice\"")), Snapshots.On("ring0", Snapshots.Rule("groups.0", "\"ring0\"")), Snapshots.On("tenant", Snapshots.Rule("tenant", "\"7\""))]);
        using IServiceScope scope = app.Services.CreateScope();
        var features = scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>();
        Assert.False(await features.IsEnabledAsync("alice-only"));
        Assert.True(await features.IsEnabledAsync("alice-only", new TargetingContext { UserId = "alice" }));
        Assert.False(await features.IsEnabledAsync("alice-only", new TargetingContext { UserId = "bob" }));
        Assert.False(await features.IsEnabledAsync("ring0", new TargetingContext { UserId = "alice" }));
        Assert.True(await features.IsEnabledAsync("ring0", new TargetingContext { UserId = "alice", Groups = ["ring0", "x"] }));
        Assert.False(await features.IsEnabledAsync("ring0", new TargetingContext { UserId = "alice", Groups = ["ring0,1:x"] }));
        Assert.True(await features.IsEnabledAsync("tenant", new Tenant("7")));
        Assert.False(await features.IsEnabledAsync("tenant", new Tenant("8")));

        await app.PublishAsync(2);
        Assert.True(await features.IsEnabledAsync("alice-only", new TargetingContext { UserId = "alice" }));
        Assert.True(await features.IsEnabledAsync("ring0", new TargetingContext { UserId = "alice", Groups = ["ring0", "x"] }));
        Assert.True(await features.IsEnabledAsync("tenant", new Tenant("7")));
    }

    [Fact]
    public async Task Snapshots_OneScopeManyThreadsWhileVersionsChange_GiveOneAnswer()
    {
        await using App app = await App.StartAsync(services => services.AddExperimentsFeatureManagement(), Experiments(1));
        using var stop = new CancellationTokenSource();
        Task publishing = Task.Run(async () =>
        {
            for (long version = 2; !stop.IsCancellationRequested; version++)
            {
                await app.PublishAsync(version, Experiments(version));
            }
        });
        HashSet<string> answers = [];
        for (int round = 0; round < 200 || (answers.Count < 2 && !publishing.IsCompleted); round++)
        {
            using IServiceScope scope = app.Services.CreateScope();
            var features = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
            var plain = scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>();
            Task<string>[] asking = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
                $"{(await features.GetVariantAsync("color")).Name} {await plain.IsEnabledAsync("beta")} {await features.IsEnabledAsync("color")}"))];

            // Every thread of a scope gets the same; features that were first asked for on either side of a swap may differ in version.
            string answer = Assert.Single((await Task.WhenAll(asking)).Distinct());
            answers.Add(string.Join(' ', answer.Split(' ') is [var variant, _, var isOn] ? [variant, isOn] : []));
        }

        await stop.CancelAsync();
        await publishing;
        Assert.Equal(["on True", "red False"], answers.Order());

        static string[] Experiments(long version) => version % 2 == 0
            ? [Snapshots.On("beta"), Snapshots.Serving("color", "on", "1")]
            : [Snapshots.Serving("color", "red", "2")];
    }

    private sealed record Tenant(string Id);
}
