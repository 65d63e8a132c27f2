using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Endpoints.Lifetime;

namespace Experiments.Decide.Endpoints.Health;

/// <summary>
/// Decide needs a snapshot, however old, of each environment that the settings name. Where they name none it needs any, or a store that
/// answers. What is not published yet is no reason: nobody could publish it in a process that gets no requests before it is ready.
/// </summary>
internal sealed class DecideReadiness(DecideEnvironments environments, DecideSettings settings) : IReadinessCheck
{
    public string Name => "snapshots";

    public Task<string?> FindReasonAsync(CancellationToken cancellationToken) => settings.Environments.Count > 0
        ? Task.FromResult(ReasonOfNamed())
        : ReasonOfStoreAsync(cancellationToken);

    private string? ReasonOfNamed()
    {
        string[] reasons = [.. settings.Environments.Select(ReasonOf).OfType<string>()];
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    private string? ReasonOf(string name)
    {
        DecideEnvironment? environment = environments.FindHeld(name);
        if (environment is { HasSnapshot: true })
        {
            return null;
        }

        if (environment is null || !environment.FirstPoll.IsCompleted)
        {
            return $"{name}: no snapshot yet: the store has not answered yet";
        }

        // A problem also where the store denies access: it may hide that nothing is published, but whoever names an environment expects one.
        return environment.Problem is { } problem ? $"{name}: no snapshot yet: {problem}" : null;
    }

    private async Task<string?> ReasonOfStoreAsync(CancellationToken cancellationToken)
    {
        if (environments.Kept.Any())
        {
            return null;
        }

        await environments.LoadLastGoodAsync(cancellationToken);
        if (!environments.Kept.Any())
        {
            await environments.ProbeAsync(cancellationToken); // What it throws is the reason.
        }

        return null;
    }
}
