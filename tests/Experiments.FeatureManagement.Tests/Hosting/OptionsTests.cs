using Experiments.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Tests.Hosting;

/// <summary>Settings are checked when the host starts, and environments are chosen by name.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task Start_WrongSettings_NamesAllOfThem()
    {
        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => App.StartEmptyAsync(
            services => services.AddExperimentsFeatureManagement(options =>
            {
                options.Environment = "nowhere";
                options.AnonymousUserKey = null!;
                options.FeatureKey = null!;
                options.FallThrough = true;
            })));
        Assert.Equal(4, exception.Failures.Count());
        Assert.Contains("'nowhere'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AnonymousUserKey", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FeatureKey", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AddFeatureManagement()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_WithoutAddExperiments_SaysWhatIsMissing()
    {
        using ServiceProvider provider = new ServiceCollection().AddExperimentsFeatureManagement().BuildServiceProvider();
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IFeatureManager>);
        Assert.Contains("AddExperiments(", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_Named_DecidesInsteadOfTheFirst()
    {
        using var directory = new TempDirectory();
        Snapshots.Publish(directory.Path, 1, [Snapshots.On("staged")], "staging");
        await using App app = await App.StartAsync(
            services =>
            {
                services.AddExperiments("staging").FromDirectory(directory.Path);
                services.AddExperimentsFeatureManagement(options => options.Environment = "staging");
            },
            [Snapshots.On("beta")]);
        await app.Services.GetRequiredKeyedService<IFeatureDecider>("staging").WaitUntilReadyAsync().WaitAsync(Eventually.DefaultWithin);
        IFeatureManager features = app.Services.GetRequiredService<IFeatureManager>();
        Assert.True(await features.IsEnabledAsync("staged"));
        Assert.False(await features.IsEnabledAsync("beta"));
    }

    [Fact]
    public async Task AddExperimentsFeatureManagement_Twice_AppliesBothSettings()
    {
        await using App app = await App.StartAsync(
            services =>
            {
                services.AddExperimentsFeatureManagement(options => options.MapContext(context => context.Attributes.Set("a", 1)));
                services.AddExperimentsFeatureManagement(options => options.MapContext(context => context.Attributes.Set("b", 2)));
            },
            [Snapshots.On("a", Snapshots.Rule("a", "1")), Snapshots.On("b", Snapshots.Rule("b", "2"))]);
        IFeatureManager features = app.Services.GetRequiredService<IFeatureManager>();
        Assert.True(await features.IsEnabledAsync("a"));
        Assert.True(await features.IsEnabledAsync("b"));
    }
}
