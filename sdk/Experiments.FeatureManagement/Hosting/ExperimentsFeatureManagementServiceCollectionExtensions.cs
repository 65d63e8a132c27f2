using Experiments.Client;
using Experiments.FeatureManagement;
using Experiments.FeatureManagement.Decisions;
using Experiments.FeatureManagement.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts Microsoft.FeatureManagement's interfaces on top of the decision SDK.</summary>
public static class ExperimentsFeatureManagementServiceCollectionExtensions
{
    /// <summary>
    /// Makes <see cref="IFeatureManager"/>, <see cref="IVariantFeatureManager"/> and their snapshot interfaces decide with
    /// <see cref="IFeatureDecider"/>, and with them <c>[FeatureGate]</c>, <c>WithFeatureGate</c>, the feature tag helper and variant
    /// services. May be called before or after <c>AddFeatureManagement</c>, or without it.
    /// </summary>
    /// <remarks>
    /// Before or without <c>AddFeatureManagement</c> the feature managers are transient. Call it after
    /// <c>AddScopedFeatureManagement</c> where targeting accessors, session managers or variant services need scoped services:
    /// Microsoft.FeatureManagement registers those with the lifetime of the <see cref="IFeatureManager"/> that it finds.
    /// </remarks>
    /// <param name="services">The collection, to which <c>AddExperiments</c> is called too.</param>
    /// <param name="configure">User key, attributes, environment and what to do with features that are not in the snapshot.</param>
    public static IServiceCollection AddExperimentsFeatureManagement(
        this IServiceCollection services, Action<ExperimentsFeatureManagementOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<ExperimentsFeatureManagementOptions> options =
            services.AddOptions<ExperimentsFeatureManagementOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<
            IValidateOptions<ExperimentsFeatureManagementOptions>, ExperimentsFeatureManagementOptionsValidator>());
        services.TryAddSingleton(CreateRuntime);
        services.TryAddScoped<ScopeCache>();

        // AddFeatureManagement refuses a scoped feature manager that is there already and AddScopedFeatureManagement a singleton; both
        // accept a transient one and then register none of their own.
        ServiceLifetime lifetime = services
            .LastOrDefault(service => !service.IsKeyedService && service.ServiceType == typeof(IFeatureManager))?.Lifetime
            ?? ServiceLifetime.Transient;
        Replace<IFeatureManager>(services, lifetime, Create);
        Replace<IVariantFeatureManager>(services, lifetime, Create);
        Replace<IFeatureManagerSnapshot>(services, ServiceLifetime.Scoped, CreateSnapshot);
        Replace<IVariantFeatureManagerSnapshot>(services, ServiceLifetime.Scoped, CreateSnapshot);
        return services;
    }

    private static void Replace<TService>(
        IServiceCollection services, ServiceLifetime lifetime, Func<IServiceProvider, object> create)
    {
        services.RemoveAll<TService>();
        services.Add(new ServiceDescriptor(typeof(TService), create, lifetime));
    }

    private static FeatureManagerAdapter Create(IServiceProvider provider) =>
        new(provider.GetRequiredService<FeatureManagementRuntime>(), provider, cache: null);

    private static FeatureManagerAdapter CreateSnapshot(IServiceProvider provider) =>
        new(provider.GetRequiredService<FeatureManagementRuntime>(), provider, provider.GetRequiredService<ScopeCache>());

    private static FeatureManagementRuntime CreateRuntime(IServiceProvider provider)
    {
        // Before the decider: this is what names a missing one.
        ExperimentsFeatureManagementOptions options = provider.GetRequiredService<IOptions<ExperimentsFeatureManagementOptions>>().Value;
        return new FeatureManagementRuntime(
            options.Environment is { } environment
                ? provider.GetRequiredKeyedService<IFeatureDecider>(environment)
                : provider.GetRequiredService<IFeatureDecider>(),
            options,
            provider.GetRequiredService<IOptions<FeatureManagementOptions>>().Value,
            provider.GetService<ILogger<FeatureManagementRuntime>>() ?? NullLogger<FeatureManagementRuntime>.Instance);
    }
}
