using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests.Decisions;

/// <summary>Features that the snapshot does not know, and no snapshot at all.</summary>
public sealed class UnknownFeatureTests
{
    private static readonly Dictionary<string, string?> s_configuration = new(StringComparer.Ordinal)
    {
        ["feature_management:feature_flags:0:id"] = "old",
        ["feature_management:feature_flags:0:enabled"] = "true",
        ["feature_management:feature_flags:0:variants:0:name"] = "small",
        ["feature_management:feature_flags:0:variants:0:configuration_value"] = "5",
        ["feature_management:feature_flags:0:allocation:default_when_enabled"] = "small",
        ["feature_management:feature_flags:1:id"] = "moved",
        ["feature_management:feature_flags:1:enabled"] = "true",
        ["feature_management:feature_flags:2:id"] = "targeted",
        ["feature_management:feature_flags:2:enabled"] = "true",
        ["feature_management:feature_flags:2:conditions:client_filters:0:name"] = "Microsoft.Targeting",
        ["feature_management:feature_flags:2:conditions:client_filters:0:parameters:Audience:Users:0"] = "alice",
        ["feature_management:feature_flags:2:conditions:client_filters:0:parameters:Audience:DefaultRolloutPercentage"] = "0",
    };

    [Fact]
    public async Task Unknown_Default_IsOffWithoutVariantAndSaidOnce()
    {
        await using App app = await App.StartAsync(Both, [Snapshots.On("beta")], s_configuration);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        for (int i = 0; i < 3; i++)
        {
            Assert.False(await features.IsEnabledAsync("old"));
            Assert.Null(await features.GetVariantAsync("old"));
            Assert.False(await features.IsEnabledAsync(""));
        }

        Assert.Equal(["beta"], await features.GetFeatureNamesAsync().ToArrayAsync());
        IReadOnlyList<FakeLogRecord> warnings = [.. app.Services.GetFakeLogCollector().GetSnapshot().Where(record => record.Id.Name == "UnknownFeature")];
        Assert.Equal(2, warnings.Count);
        Assert.Contains("'old'", warnings[0].Message, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, warnings[0].Level);
    }

    [Fact]
    public async Task Unknown_MissingFeaturesNotIgnored_ThrowsAsMicrosoftFeatureManagementDoes()
    {
        void Strict(IServiceCollection services)
        {
            services.Configure<FeatureManagementOptions>(options => options.IgnoreMissingFeatures = false);
            services.AddExperimentsFeatureManagement();
        }

        await using App app = await App.StartEmptyAsync(Strict);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Assert.False(await features.IsEnabledAsync("nowhere")); // No snapshot yet: that says nothing about the name.
        await app.PublishAsync(1, Snapshots.On("beta"));
        FeatureManagementException exception = await Assert.ThrowsAsync<FeatureManagementException>(async () => await features.IsEnabledAsync("nowhere"));
        Assert.Equal(FeatureManagementError.MissingFeature, exception.Error);
        await Assert.ThrowsAsync<FeatureManagementException>(async () => await features.GetVariantAsync("nowhere"));
        Assert.True(await features.IsEnabledAsync("beta"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unknown_FallThrough_IsLeftToMicrosoftFeatureManagement(bool isScoped)
    {
        await using App app = await App.StartAsync(
            services =>
            {
                services.AddExperimentsFeatureManagement(options => options.FallThrough = true);
                _ = isScoped ? services.AddScopedFeatureManagement() : services.AddFeatureManagement();
            },
            [Snapshots.On("beta"), Snapshots.Serving("moved", "off", "false")],
            s_configuration);
        using IServiceScope scope = app.Services.CreateScope();
        foreach (IVariantFeatureManager features in new[]
        {
            scope.ServiceProvider.GetRequiredService<IVariantFeatureManager>(),
            scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>(),
        })
        {
            Assert.True(await features.IsEnabledAsync("beta"));
            Assert.False(await features.IsEnabledAsync("moved")); // Ours wins where both know it.
            Assert.True(await features.IsEnabledAsync("old"));
            Variant small = await features.GetVariantAsync("old");
            Assert.Equal(("small", "5"), (small.Name, small.Configuration.Value));
            Assert.Equal("small", (await features.GetVariantAsync("old", new TargetingContext { UserId = "bob" })).Name);
            Assert.True(await features.IsEnabledAsync("targeted", new TargetingContext { UserId = "alice" }));
            Assert.False(await features.IsEnabledAsync("targeted", new TargetingContext { UserId = "bob" }));
            Assert.Equal(["beta", "moved", "old", "targeted"], await features.GetFeatureNamesAsync().ToArrayAsync());
        }
    }

    [Fact]
    public async Task NoSnapshot_EverythingIsOff_UntilOneIsLoaded()
    {
        await using App app = await App.StartEmptyAsync(services => services.AddExperimentsFeatureManagement());
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Assert.False(await features.IsEnabledAsync("beta"));
        Assert.Null(await features.GetVariantAsync("beta"));
        Assert.Empty(await features.GetFeatureNamesAsync().ToArrayAsync());
        Assert.Equal(404, (await app.GetAsync("/mvc/beta")).Status);
        await app.PublishAsync(1, Snapshots.On("beta"));
        Assert.True(await features.IsEnabledAsync("beta"));
        Assert.Equal(200, (await app.GetAsync("/mvc/beta")).Status);
        Assert.DoesNotContain(app.Services.GetFakeLogCollector().GetSnapshot(), record => record.Id.Name == "UnknownFeature");
    }

    [Fact]
    public async Task NoSnapshot_FallThrough_AnswersFromConfiguration()
    {
        await using App app = await App.StartEmptyAsync(
            services =>
            {
                services.AddFeatureManagement();
                services.AddExperimentsFeatureManagement(options => options.FallThrough = true);
            },
            s_configuration);
        Assert.True(await app.Services.GetRequiredService<IFeatureManager>().IsEnabledAsync("old"));
    }

    private static void Both(IServiceCollection services)
    {
        services.AddFeatureManagement();
        services.AddExperimentsFeatureManagement();
    }
}
