using System.Diagnostics.Metrics;
using Experiments.Client.Hosting;
using Experiments.Client.Sources;
using Experiments.Control.Api;
using Experiments.Control.Auditing;
using Experiments.Control.Diagnostics;
using Experiments.Control.Explaining;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;
using Experiments.Control.Storage.Postgres;
using Experiments.Control.Transfer;
using Experiments.Control.Versions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Control;

/// <summary>Registers the control role.</summary>
internal static class ControlServiceCollectionExtensions
{
    public static IServiceCollection AddControl(this IServiceCollection services, ControlSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Callers>();
        services.AddSingleton(static provider => new ControlMetrics(provider.GetService<IMeterFactory>()));
        services.AddSingleton<IDefinitionStore>(provider => new AuditedStore(
            new MeasuredStore(
                settings.Store.ConnectionString is { } postgres ? new PostgresDefinitionStore(postgres) : new LiteDbDefinitionStore(settings.DataDirectory),
                provider.GetRequiredService<ControlMetrics>(),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<Callers>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISnapshotStore>(provider => CreateStore(settings.Snapshots, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<VersionContents>();
        services.AddSingleton<SnapshotPublisher>();
        services.AddSingleton<PublishObservers>();
        services.AddSingleton<PublishEvents>();
        services.AddSingleton<IPublishObserver>(static provider => provider.GetRequiredService<PublishEvents>());
        services.AddSingleton(settings.Retention);
        services.AddSingleton<SnapshotRetention>();
        services.AddSingleton<SnapshotStoreWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<SnapshotStoreWatch>());
        services.AddHostedService<PublishRetryService>();
        services.AddHostedService<RetentionService>();
        services.AddHostedService<PublishWatchService>();
        services.AddExceptionHandler<StoreFailureHandler>();
        services.AddExceptionHandler<RefusedWriteHandler>();
        services.AddSingleton<ControlHealth>();
        services.AddSingleton<EnvironmentOperations>();
        services.AddSingleton<AudienceOperations>();
        services.AddSingleton<ExperimentOperations>();
        services.AddSingleton<VariantOperations>();
        services.AddSingleton<AllocationOperations>();
        services.AddSingleton<ExperimentSplitOperations>();
        services.AddSingleton<FlagOperations>();
        services.AddSingleton<LayerOperations>();
        services.AddSingleton<HoldoutOperations>();
        services.AddSingleton<TransferOperations>();
        services.AddSingleton<VersionOperations>();
        services.AddSingleton<AuditOperations>();
        services.AddKeyedSingleton(typeof(SnapshotFiles), (_, _) => settings.Snapshots.CreateSource());
        services.AddSingleton(provider => new SnapshotFiles(
            provider.GetRequiredKeyedService<ISnapshotSource>(typeof(SnapshotFiles)),
            provider.GetRequiredService<PublishEvents>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SnapshotFiles>>()));
        services.AddSingleton(provider => new StoredSnapshots(
            provider.GetRequiredKeyedService<ISnapshotSource>(typeof(SnapshotFiles)),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StoredSnapshots>>()));
        services.AddSingleton<ExplainOperations>();
        return services;
    }

    private static ISnapshotStore CreateStore(SnapshotStoreSettings settings, TimeProvider time) => settings.Directory is { } directory
        ? new DirectorySnapshotStore(directory, time)
        : new S3SnapshotStore(settings.Bucket!, settings.S3);
}
