using System.Diagnostics;
using Experiments.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests.Decisions;

/// <summary>From whom and what the user key and the attributes come.</summary>
public sealed class TargetingTests
{
    private static readonly string[] s_experiments =
    [
        Snapshots.On("everyone"),
        Snapshots.On("alice-only", Snapshots.Rule("userId", "\"alice\"")),
        Snapshots.On("ring0", Snapshots.Rule("groups.0", "\"ring0\"")),
        Snapshots.On("two-groups", Snapshots.Rule("groups.length", "2")),
        Snapshots.On("account-7", Snapshots.Rule("account", "\"7\"")),
        Snapshots.Split("split"),
    ];

    [Fact]
    public async Task IsEnabledAsync_AmbientTargeting_SeesUserAndGroups()
    {
        await using App app = await App.StartAsync(Targeted, [Snapshots.On("beta", Snapshots.Rule("groups.0", "\"ring0\""))]);
        Assert.Equal(200, (await app.GetAsync("/mvc/beta", "alice", "ring0,staff")).Status);
        Assert.Equal(200, (await app.GetAsync("/minimal", "bob", "ring0")).Status);
        Assert.Equal(404, (await app.GetAsync("/mvc/beta", "alice", "staff")).Status);
        Assert.Equal(404, (await app.GetAsync("/minimal")).Status);
    }

    [Fact]
    public async Task GetVariantAsync_AmbientUser_IsTheUserKeyOfTheSplit()
    {
        await using App app = await App.StartAsync(Targeted, [Snapshots.Split("split")]);
        string[] users = [.. Enumerable.Range(0, 40).Select(user => $"user-{user}")];
        foreach (string user in users)
        {
            Assert.Equal(app.Decider.Decide("split", user).VariantKey, (await app.GetAsync("/variant", user)).Body);
        }

        Assert.Equal(2, users.Select(user => app.Decider.Decide("split", user).VariantKey).Distinct().Count());
    }

    [Fact]
    public async Task IsEnabledAsync_PassedTargetingContext_CountsInsteadOfTheAmbientOne()
    {
        await using App app = await App.StartAsync(
            services => services.AddSingleton<ITargetingContextAccessor>(new FixedTargeting("alice")).AddExperimentsFeatureManagement(),
            s_experiments);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Assert.True(await features.IsEnabledAsync("alice-only"));
        Assert.False(await features.IsEnabledAsync("alice-only", new TargetingContext { UserId = "bob" }));
        Assert.True(await features.IsEnabledAsync("two-groups", new TargetingContext { UserId = "bob", Groups = ["a", "b"] }));
        Assert.Equal(
            app.Decider.Decide("split", "bob").VariantKey,
            (await features.GetVariantAsync("split", new TargetingContext { UserId = "bob" })).Name);
        Assert.True(await app.Services.GetRequiredService<IFeatureManager>().IsEnabledAsync("ring0", new OwnTargeting { Groups = ["ring0"] }));
    }

    [Fact]
    public async Task IsEnabledAsync_ContextOfAnotherType_KeepsTheAmbientUser()
    {
        await using App app = await App.StartAsync(
            services => services.AddSingleton<ITargetingContextAccessor>(new FixedTargeting("alice")).AddExperimentsFeatureManagement(),
            s_experiments);
        Assert.True(await app.Services.GetRequiredService<IFeatureManager>().IsEnabledAsync("alice-only", new Account("7")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task IsEnabledAsync_NoUser_UntargetedFlagsWorkAndTheSplitHasOneAnonymousUser(string? user)
    {
        await using App app = await App.StartAsync(
            services => services.AddSingleton<ITargetingContextAccessor>(new FixedTargeting(user)).AddExperimentsFeatureManagement(
                options => options.AnonymousUserKey = "anonymous"),
            s_experiments);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Assert.True(await features.IsEnabledAsync("everyone"));
        Assert.False(await features.IsEnabledAsync("alice-only"));
        Assert.Equal(app.Decider.Decide("split", "anonymous").VariantKey, (await features.GetVariantAsync("split")).Name);
    }

    [Fact]
    public async Task IsEnabledAsync_NoAccessorOrOneWithoutContext_IsTheEmptyUserKey()
    {
        foreach (ITargetingContextAccessor? accessor in new ITargetingContextAccessor?[] { null, new FixedTargeting(null, isNull: true) })
        {
            await using App app = await App.StartAsync(
                services =>
                {
                    services.AddExperimentsFeatureManagement();
                    if (accessor is not null)
                    {
                        services.AddSingleton(accessor);
                    }
                },
                s_experiments);
            IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
            Assert.True(await features.IsEnabledAsync("everyone"));
            Assert.Equal(app.Decider.Decide("split", "").VariantKey, (await features.GetVariantAsync("split")).Name);
        }
    }

    [Fact]
    public async Task MapContext_CallersType_SetsUserKeyAndAttributes()
    {
        await using App app = await App.StartAsync(
            services => services.AddExperimentsFeatureManagement(options => options.MapContext<Account>((context, account) =>
            {
                context.UserKey = $"account-{account.Id}";
                context.Attributes.Set("account", account.Id);
            })),
            s_experiments);
        IFeatureManager features = app.Services.GetRequiredService<IFeatureManager>();
        Assert.True(await features.IsEnabledAsync("account-7", new Account("7")));
        Assert.False(await features.IsEnabledAsync("account-7", new Account("8")));
        Assert.False(await features.IsEnabledAsync("account-7"));
    }

    [Fact]
    public async Task MapContext_SeveralSteps_RunInOrderWithEverythingThereIs()
    {
        List<string> seen = [];
        await using App app = await App.StartAsync(
            services => services.AddSingleton<ITargetingContextAccessor>(new FixedTargeting("alice")).AddExperimentsFeatureManagement(options => options
                .MapContext(context => seen.Add($"{context.Feature} {context.UserKey} {context.Targeting?.UserId} {context.CallerContext}"))
                .MapContext(async (context, cancellationToken) =>
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    Assert.NotNull(context.Services.GetService<IHttpContextAccessor>());
                    Assert.Throws<ArgumentNullException>(() => context.UserKey = null!);
                    context.UserKey = "mapped";
                })
                .MapContext(context => seen.Add(context.UserKey))),
            s_experiments);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Assert.Equal(app.Decider.Decide("split", "mapped").VariantKey, (await features.GetVariantAsync("split")).Name);
        Assert.Equal(["split alice alice ", "mapped"], seen);
    }

    [Fact]
    public async Task MapContext_StepThatThrows_ReachesTheCaller()
    {
        await using App app = await App.StartAsync(
            services => services.AddExperimentsFeatureManagement(options => options.MapContext(_ => throw new UnreachableException())), s_experiments);
        Task<bool> asking = app.Services.GetRequiredService<IFeatureManager>().IsEnabledAsync("everyone");
        await Assert.ThrowsAsync<UnreachableException>(() => asking);
    }

    [Fact]
    public async Task IsEnabledAsync_GroupsThatAreNoText_DoNotThrow()
    {
        await using App app = await App.StartAsync(services => services.AddExperimentsFeatureManagement(), s_experiments);
        IFeatureManager features = app.Services.GetRequiredService<IFeatureManager>();
        Assert.True(await features.IsEnabledAsync("two-groups", new TargetingContext { Groups = ["\ud800", null!] }));
        Assert.True(await features.IsEnabledAsync("ring0", new TargetingContext { UserId = "\udc00\"", Groups = ["ring0", "\"</\u00e9\0"] }));
    }

    [Fact]
    public async Task FeatureKey_NameOfAnEnumMember_IsMapped()
    {
        await using App app = await App.StartAsync(
            services => services.AddExperimentsFeatureManagement(options => options.FeatureKey = name => name == "AliceOnly" ? "alice-only" : name),
            s_experiments);
        Assert.True(await app.Services.GetRequiredService<IFeatureManager>().IsEnabledAsync("AliceOnly", new TargetingContext { UserId = "alice" }));
    }

    private static void Targeted(IServiceCollection services)
    {
        services.AddFeatureManagement().WithTargeting<HeaderTargeting>();
        services.AddExperimentsFeatureManagement();
    }

    private sealed record Account(string Id);

    private sealed class OwnTargeting : ITargetingContext
    {
        public string UserId { get; set; } = "";

        public IEnumerable<string> Groups { get; set; } = [];
    }
}
