using System.Diagnostics;

namespace Experiments.Client.Diagnostics;

/// <summary>Traces of what happens in the background. Without a listener no activity is created.</summary>
internal static class ClientActivities
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Experiments.Client";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A look at the store; null where nobody listens.</summary>
    public static Activity? StartPoll(string environment) =>
        Source.StartActivity("experiments.poll", ActivityKind.Client)?.SetTag("experiments.environment", environment);

    public static void End(Activity? activity, string result, long version, string? problem)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("experiments.result", result).SetTag("experiments.snapshot.version", version);
        if (problem is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, problem);
        }
    }
}
