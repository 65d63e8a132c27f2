using System.Diagnostics.Metrics;
using Experiments.Client;
using Experiments.Client.Diagnostics;
using Experiments.Client.Hosting;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the decision SDK.</summary>
public static class ExperimentsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IFeatureDecider"/> for one environment and a background service that keeps its snapshot up to date. For several
    /// environments call it several times: each decider is also a keyed service under its environment's name, and the unkeyed one is
    /// that of the first call.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="environment">1 to 64 characters, none of them a control character; compared ordinally.</param>
    /// <param name="configure">How often to poll and where to keep the last good snapshot.</param>
    /// <returns>What chooses the source: <see cref="ExperimentsBuilder.FromS3"/> and others.</returns>
    public static ExperimentsBuilder AddExperiments(
        this IServiceCollection services, string environment, Action<ExperimentsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(environment);
        if (!EnvironmentNames.IsValid(environment))
        {
            throw new ArgumentException($"'{environment}' is not an environment's name: {EnvironmentNames.Rule}.", nameof(environment));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new ClientMetrics(provider.GetService<IMeterFactory>()));
        OptionsBuilder<ExperimentsOptions> options = services.AddOptions<ExperimentsOptions>(environment).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.IsKeyedService && service.ServiceType == typeof(EnvironmentRuntime)
            && Equals(service.ServiceKey, environment)))
        {
            return new ExperimentsBuilder(services, environment);
        }

        services.AddSingleton<IValidateOptions<ExperimentsOptions>>(provider => new ExperimentsOptionsValidator(
            environment, provider.GetRequiredService<IServiceProviderIsKeyedService>()));
        services.AddKeyedSingleton(environment, (provider, _) =>
        {
            // Before the source: this is what names a missing one.
            ExperimentsOptions validated = provider.GetRequiredService<IOptionsMonitor<ExperimentsOptions>>().Get(environment);
            return new EnvironmentRuntime(
                environment,
                provider.GetRequiredKeyedService<ISnapshotSource>(environment),
                validated,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<ILogger<EnvironmentRuntime>>() ?? NullLogger<EnvironmentRuntime>.Instance,
                provider.GetRequiredService<ClientMetrics>(),
                provider.GetKeyedService<IStickyStore>(environment) ?? provider.GetService<IStickyStore>());
        });
        services.AddKeyedSingleton<IFeatureDecider>(
            environment, (provider, _) => provider.GetRequiredKeyedService<EnvironmentRuntime>(environment).Decider);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IFeatureDecider>(environment));
        services.AddSingleton<IHostedService>(
            provider => new SnapshotPollingService(() => provider.GetRequiredKeyedService<EnvironmentRuntime>(environment)));
        return new ExperimentsBuilder(services, environment);
    }
}
