using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Experiments.Client.Tests.Hosting;

/// <summary>Bad options stop the start with one message that names everything.</summary>
public sealed class StartupValidationTests
{
    [Fact]
    public async Task StartAsync_EverythingWrong_NamesEverythingAtOnce()
    {
        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            services => services.AddExperiments("prod", options =>
            {
                options.PollInterval = TimeSpan.Zero;
                options.LastGoodDirectory = " ";
            })));
        Assert.Equal(3, exception.Failures.Count());
        Assert.Contains("AddExperiments(\"prod\") has no source: call FromS3, FromDirectory or FromUrl", exception.Message, StringComparison.Ordinal);
        Assert.Contains("PollInterval of \"prod\" is 00:00:00; allowed is 00:00:00.0500000 to 1.00:00:00", exception.Message, StringComparison.Ordinal);
        Assert.Contains("LastGoodDirectory of \"prod\" is empty", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_NoSource_ThrowsAlsoWithoutAnyOptions()
    {
        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(services => services.AddExperiments("prod")));
        Assert.Single(exception.Failures);
    }

    [Fact]
    public async Task StartAsync_TwoEnvironmentsWrong_NamesBoth()
    {
        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(services =>
        {
            services.AddExperiments("one");
            services.AddExperiments("two");
        }));
        Assert.Contains("AddExperiments(\"one\")", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("AddExperiments(\"two\")", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OneOfTwoEnvironmentsWrong_NamesOnlyThatOne()
    {
        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(services =>
        {
            services.AddExperiments("one").FromDirectory("/tmp/nothing-here");
            services.AddExperiments("two");
        }));
        Assert.DoesNotContain("\"one\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_DeciderOfAnEnvironmentWithoutSource_SaysSoBeforeTheHostStarts()
    {
        var services = new ServiceCollection();
        services.AddExperiments("prod");
        using ServiceProvider provider = services.BuildServiceProvider();
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IFeatureDecider>());
        Assert.Contains("has no source", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    [InlineData(86_400_000, true)]
    [InlineData(86_400_001, false)]
    [InlineData(-1, false)]
    public async Task StartAsync_PollIntervalAroundItsLimits_IsCheckedExactly(int milliseconds, bool isValid)
    {
        using var directory = new TempDirectory();
        Task start = StartAsync(services => services
            .AddExperiments("prod", options => options.PollInterval = TimeSpan.FromMilliseconds(milliseconds)).FromDirectory(directory.Path));
        if (isValid)
        {
            await start;
        }
        else
        {
            await Assert.ThrowsAsync<OptionsValidationException>(() => start);
        }
    }

    private static async Task StartAsync(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        configure(builder.Services);
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }
}
