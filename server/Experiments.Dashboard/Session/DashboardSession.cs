using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;

namespace Experiments.Dashboard.Session;

/// <summary>What one browser tab is about: which environment, and who sits there. One for each circuit.</summary>
internal sealed class DashboardSession(EnvironmentOperations environments)
{
    /// <summary>Of the audit log where nobody said who they are.</summary>
    public const string DefaultActor = "dashboard";

    /// <summary>By name.</summary>
    public IReadOnlyList<EnvironmentDefinition> Environments { get; private set; } = [];

    /// <summary>The one that pages show; null where there is none yet.</summary>
    public EnvironmentDefinition? Current { get; private set; }

    public string Actor { get; private set; } = DefaultActor;

    /// <summary>Another environment is shown, or there are others.</summary>
    public event EventHandler? Changed;

    public async Task LoadAsync(Preferences preferences)
    {
        Actor = preferences.Actor ?? DefaultActor;
        await ReadAsync();
        Select(one => one.Name == preferences.Environment);
    }

    /// <summary>Reads the environments again; the present one stays.</summary>
    public async Task ReloadAsync()
    {
        await ReadAsync();
        Select(one => one.Id == Current?.Id);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Reads the environments again where somebody else may have changed them.</summary>
    /// <returns>Whether they are others; then <see cref="Changed"/> was raised.</returns>
    public async Task<bool> RefreshAsync()
    {
        IReadOnlyList<EnvironmentDefinition> former = Environments;
        await ReadAsync();
        if (former.Select(static one => (one.Id, one.Revision)).SequenceEqual(Environments.Select(static one => (one.Id, one.Revision))))
        {
            return false;
        }

        Select(one => one.Id == Current?.Id);
        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    public void Show(Guid environmentId)
    {
        Select(one => one.Id == environmentId);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void NameActor(string? actor) => Actor = string.IsNullOrWhiteSpace(actor) ? DefaultActor : actor.Trim();

    private async Task ReadAsync() => Environments = (await environments.ListAsync(PageRange.All)).Items;

    // The first one where there is no such environment.
    private void Select(Func<EnvironmentDefinition, bool> isWanted) =>
        Current = Environments.FirstOrDefault(isWanted) ?? (Environments.Count > 0 ? Environments[0] : null);
}
