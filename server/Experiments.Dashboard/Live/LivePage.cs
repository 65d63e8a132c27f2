using Experiments.Control.Storage;
using Experiments.Dashboard.Session;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Live;

/// <summary>A page that reads its data again when somebody changes something, and when another environment is chosen.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private IDisposable? _listening;
    private bool _isDisposed;

    [Inject]
    internal DashboardSession Session { get; set; } = null!;

    [Inject]
    internal DashboardActions Actions { get; set; } = null!;

    [Inject]
    internal LiveChanges Changes { get; set; } = null!;

    /// <summary>What went wrong when the data was read; null where nothing did.</summary>
    protected string? LoadError { get; private set; }

    /// <summary>Whether it shows nothing but the present environment, so that changes elsewhere are nothing to it.</summary>
    protected virtual bool IsOfOneEnvironment => false;

    /// <summary>Reads what the page shows. Called at the start and after every change.</summary>
    protected abstract Task LoadAsync();

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync() => await TryLoadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Session.Changed += OnSessionChanged;
            _listening = Changes.Listen(HearAsync);
        }
    }

    /// <summary>Whoever follows a link into another environment is there.</summary>
    protected void Follow(Guid environmentId)
    {
        if (Session.Current?.Id != environmentId && Session.Environments.Any(one => one.Id == environmentId))
        {
            Session.Show(environmentId);
        }
    }

    /// <summary>Reads again and shows it.</summary>
    protected Task ReloadAsync() => _isDisposed ? Task.CompletedTask : InvokeAsync(async () =>
    {
        await TryLoadAsync();
        StateHasChanged();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops listening.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            Session.Changed -= OnSessionChanged;
            _listening?.Dispose();
        }
    }

    private Task HearAsync(IReadOnlySet<Guid>? environments) => _isDisposed ? Task.CompletedTask : InvokeAsync(async () =>
    {
        try
        {
            if (await Session.RefreshAsync())
            {
                return; // It raised its event, which reads the page again.
            }
        }
        catch (StoreFailureException failure)
        {
            LoadError = failure.Message;
        }

        if (!IsOfOneEnvironment || environments is null || Session.Current is not { } shown || environments.Contains(shown.Id))
        {
            await ReloadAsync();
        }
    });

    private void OnSessionChanged(object? sender, EventArgs change) => _ = ReloadAsync();

    private async Task TryLoadAsync()
    {
        try
        {
            await LoadAsync();
            LoadError = null;
        }
        catch (StoreFailureException failure)
        {
            LoadError = failure.Message;
        }
    }
}
