using Experiments.Dashboard.Health;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Session;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Experiments.Dashboard;

/// <summary>Adds the dashboard to a process that has control.</summary>
internal static class DashboardServiceCollectionExtensions
{
    private const int SnackbarMs = 4000;
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddResponseCompression(static options => options.MimeTypes = ["text/html"]);

        // What is typed comes as one message: a JSON value or schema of 64 KiB, or a list of contexts that is pasted.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(static options => options.MaximumReceiveMessageSize = MaxMessageBytes);
        services.AddMudServices(static configuration =>
        {
            configuration.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            configuration.SnackbarConfiguration.VisibleStateDuration = SnackbarMs;
            configuration.SnackbarConfiguration.ShowTransitionDuration = 120;
            configuration.SnackbarConfiguration.HideTransitionDuration = 120;
        });
        services.AddScoped<DashboardSession>();
        services.AddScoped<DashboardActions>();
        services.AddScoped<PublishActions>();
        services.AddScoped<UnsavedWork>();
        services.AddScoped<TryReading>();
        services.AddSingleton<OverviewReading>();
        services.AddSingleton<WaitingReading>();
        services.AddSingleton<HealthReading>();
        services.AddSingleton<Suggestions>();
        services.AddSingleton<FlagReading>();
        services.AddSingleton<PrerequisiteReading>();
        services.AddSingleton<HistoryReading>();
        services.AddSingleton<Restoring>();
        services.AddSingleton<SnapshotLoading>();
        services.AddSingleton<AudienceMatching>();
        services.AddSingleton<LiveChanges>();
        services.AddHostedService(static provider => provider.GetRequiredService<LiveChanges>());
        return services;
    }
}
