using Experiments.Client.Hosting;

namespace Experiments.Decide.Endpoints.Lifetime;

/// <summary>How long a process that is told to stop goes on taking requests.</summary>
internal static class DrainSettings
{
    // With the time that requests have which are under way, still below what Kubernetes gives by default.
    private static readonly TimeSpan s_max = TimeSpan.FromSeconds(20);

    public static TimeSpan Read(SettingsReader settings) => settings.Duration(
        "DrainPeriod", "how long a process that is told to stop says that it is not ready and goes on answering, so that nobody sends it more", TimeSpan.Zero, TimeSpan.Zero, s_max);
}
