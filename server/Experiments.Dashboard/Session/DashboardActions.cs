using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Http;
using MudBlazor;

namespace Experiments.Dashboard.Session;

/// <summary>Makes changes as the user of the tab, publishes what they make necessary, and says what came of it.</summary>
internal sealed class DashboardActions(DashboardSession session, Callers callers, SnapshotPublisher publisher, ISnackbar snackbar)
{
    // Long enough to see what came of it.
    private const int UndoMs = 12_000;

    /// <summary>A change that may have to go live.</summary>
    /// <param name="act">The operation.</param>
    /// <param name="done">What is said when it is done, such as <c>Saved</c>; null says nothing.</param>
    /// <param name="seen">The resource and its revision as the user saw it; null where that does not matter.</param>
    /// <param name="undo">Offered beside what is said; null where there is no way back.</param>
    public Task<Outcome<T>> ChangeAsync<T>(
        Func<Task<Result<Mutation<T>>>> act, string? done, (Guid Id, long Revision)? seen = null, Func<T, Task>? undo = null) =>
        RunAsync(seen, async () =>
        {
            Result<Mutation<T>> result = await act();
            if (!result.IsSuccess)
            {
                return new Outcome<T>(default, result.Error.Message);
            }

            T value = result.Value.Value;
            await TellAsync(result.Value.Publish, done, undo is null ? null : () => undo(value));
            return new Outcome<T>(result.Value.Value);
        });

    /// <summary>A change that never has to go live.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public Task<Outcome<T>> StoreAsync<T>(Func<Task<Result<T>>> act, string? done, (Guid Id, long Revision)? seen = null) =>
        RunAsync(seen, async () =>
        {
            Result<T> result = await act();
            if (!result.IsSuccess)
            {
                return new Outcome<T>(default, result.Error.Message);
            }

            Say(done, Severity.Success);
            return new Outcome<T>(result.Value);
        });

    /// <summary>Says that something did not work, where there is no field to say it beside.</summary>
    public void Say(string? text, Severity severity) => Say(text, severity, undo: null);

    private void Say(string? text, Severity severity, Func<Task>? undo)
    {
        if (text is not null)
        {
            snackbar.Add(text, severity, undo is null ? null : options =>
            {
                options.Action = "Undo";
                options.ActionColor = Color.Inherit;
                options.OnClick = _ => undo();
                options.VisibleStateDuration = UndoMs;
            });
        }
    }

    private async Task<Outcome<T>> RunAsync<T>((Guid Id, long Revision)? seen, Func<Task<Outcome<T>>> act)
    {
        callers.Enter(new Caller(session.Actor, Precondition: seen is { } known ? new Precondition(known.Id, [known.Revision]) : null));
        try
        {
            return await act();
        }
        catch (PreconditionFailedException)
        {
            return new Outcome<T>(default, "Somebody else changed it in the meantime.", IsConflict: true);
        }
        catch (BadHttpRequestException unreadable)
        {
            return new Outcome<T>(default, unreadable.Message);
        }
        catch (Exception failure) when (failure is StoreFailureException or DefinitionTooLargeException)
        {
            return new Outcome<T>(default, failure.Message);
        }
    }

    private async Task TellAsync(PublishState? requested, string? done, Func<Task>? undo)
    {
        if (requested is null)
        {
            bool waits = done is not null && session.Current is { Publish: PublishMode.Manual };
            Say(waits ? $"{done}; live once it is published" : done, Severity.Success, undo);
            return;
        }

        PublishOutcome outcome = await publisher.PublishAsync(requested);
        if (outcome.Error is { } error)
        {
            Say($"{done ?? "Saved"}, but not live yet: {error} It is tried again by itself.", Severity.Warning, undo);
        }
        else
        {
            Say(done is null ? null : $"{done} and live", Severity.Success, undo);
        }
    }
}
