using Experiments.Control.Api.Requests;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Dashboard.Models;
using Microsoft.AspNetCore.Http;

namespace Experiments.Dashboard.Session;

/// <summary>A flag while its page edits it: what is stored, what was typed since, and what came of saving. Parts of the page show it.</summary>
public sealed partial class FlagEditor
{
    private const int MaxAttempts = 3;

    private readonly FlagOperations _operations;
    private readonly FlagReading _reading;
    private readonly DashboardActions _actions;
    private readonly TimeProvider _time;
    private FlagNames _names = new();
    private FlagSchema _schema = new("");
    private FlagEdit _first = new();
    private string _loaded = "";
    private string _loadedSchema = "";
    private long _seen;

    internal FlagEditor(FlagOperations operations, FlagReading reading, DashboardActions actions, TimeProvider time)
    {
        _operations = operations;
        _reading = reading;
        _actions = actions;
        _time = time;
    }

    /// <summary>There is no such flag, or not any more.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>A change is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>What somebody else changed of it while it was edited here; null where nobody did.</summary>
    public ThreeWay? Conflict { get; private set; }

    /// <summary>Why it was not stored, with the path of what is wrong; null where it was.</summary>
    public string? Error { get; private set; }

    /// <summary>The same for people.</summary>
    public string? ErrorText => Error is { } error ? FlagErrors.Of(error) : null;

    /// <summary>As typed.</summary>
    public FlagEdit Edit { get; private set; } = new();

    /// <summary>Those that a rule's split may be in.</summary>
    public IReadOnlyList<Choice> Layers { get; private set; } = [];

    /// <summary>Of the variants, as typed.</summary>
    public IReadOnlyList<string> VariantKeys => [.. Edit.Variants.Select(static one => one.Key)];

    /// <summary>Whether something was typed that is not stored.</summary>
    public bool IsDirty => View is not null && FlagEdits.Write(Edit, _names).ToJsonString() != _loaded;

    /// <summary>What was typed, for the browser to keep; empty where nothing was.</summary>
    public string Draft => IsDirty ? DraftText.Write(new FlagDraft(_seen, Edit, _first)) : "";

    /// <summary>As stored; null while it is not read, or not there.</summary>
    internal FlagView? View { get; private set; }

    internal FlagDefinition Flag => View!.Flag;

    /// <summary>Reads what is stored; what was typed stays.</summary>
    public async Task LoadAsync(Guid id)
    {
        Result<FlagView> found = await _operations.FindAsync(id);
        IsMissing = !found.IsSuccess;
        if (found.Value is not { } view)
        {
            View = null;
            return;
        }

        bool isOther = View?.Flag.Id != view.Flag.Id;
        bool isDirty = !isOther && IsDirty;
        View = view;
        Layers = await _reading.LayersAsync(view.Flag.EnvironmentId);
        if (isDirty)
        {
            // While it is being stored, what changes is what is stored.
            await (IsBusy ? Task.CompletedTask : MeetAsync(view));
        }
        else if (isOther || view.Flag.Revision != _seen)
        {
            await ShowAsync(view);
        }
    }

    /// <summary>Takes up what was typed before the server was started again. What somebody else stored since is a conflict.</summary>
    public async Task RestoreAsync(string draft)
    {
        if (View is { } view && DraftText.Read<FlagDraft>(draft) is { First: not null } former)
        {
            (Edit, _first, _seen) = (former.Edit, former.First, former.Revision);
            await MeetAsync(view);
        }
    }

    /// <summary>What is wrong at a place of the flag, as errors name it, such as <c>rules[2]</c>; null where nothing is.</summary>
    public string? FaultOf(string path) =>
        Error is { } error && error.StartsWith(path, StringComparison.Ordinal) && (error.Length == path.Length || !char.IsAsciiLetterOrDigit(error[path.Length]))
            ? FlagErrors.Of(error)
            : null;

    /// <summary>What is wrong with the schema as it is typed; null where nothing is.</summary>
    public string? SchemaFault => Schema.Fault ?? FaultOf("schema");

    /// <summary>What is wrong with the value of a variant as it is typed; null where nothing is.</summary>
    public string? ValueFault(FlagVariantEdit variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        string? fault = FlagEdits.Fault(Edit.Type, variant.Value);
        if (fault is not null || Edit.Type == "string")
        {
            return fault;
        }

        // One that is stored already may stay.
        bool isStored = _first.Variants.Exists(one => one.Key == variant.Key && one.Value == variant.Value);
        return (isStored ? null : DuplicateMembers.FaultOf(variant.Value)) ?? Schema.FaultOf(variant.Value);
    }

    /// <summary>Stores what was typed.</summary>
    public async Task SaveAsync()
    {
        if (SchemaFault is { } schemaFault)
        {
            Error = schemaFault;
            return;
        }

        // What is no JSON would be taken for a text.
        if (Edit.Variants.Find(one => ValueFault(one) is not null) is { } faulty)
        {
            Error = $"Variant \"{faulty.Key}\": {ValueFault(faulty)}";
            return;
        }

        Error = Edit.Rules.Select(static rule => RuleMapper.FaultOf(rule.Targeting)).FirstOrDefault(static fault => fault is not null)
            ?? await _reading.ResolveAsync(Flag.EnvironmentId, Edit, _names);
        if (Error is not null)
        {
            return;
        }

        FlagChange change;
        try
        {
            change = RequestReaders.ReadFlagChange(RuleMapper.Body(FlagEdits.Write(Edit, _names)));
        }
        catch (BadHttpRequestException refused)
        {
            Error = refused.Message;
            return;
        }

        // A schema that nobody touched stays as it was written, blanks and all.
        await ApplyAsync(Edit.Schema == _loadedSchema ? change with { Schema = default } : change, "Flag saved", ChangeOf.Whole);
    }

    /// <summary>Turns it on or off.</summary>
    public Task SwitchAsync()
    {
        // What goes live is what is stored, and not what is seen.
        if (!Flag.IsEnabled && IsDirty)
        {
            Error = "Save or discard your changes before you turn it on: what is stored goes live, not what you see.";
            return Task.CompletedTask;
        }

        return ApplyAsync(
            new FlagChange { Enabled = !Flag.IsEnabled }, Flag.IsEnabled ? "Flag is off" : "Flag is on", Flag.IsEnabled ? ChangeOf.Off : ChangeOf.On, new FlagChange { Enabled = Flag.IsEnabled });
    }

    /// <summary>Archives it, or brings it back.</summary>
    public Task ArchiveAsync() => ApplyAsync(
        new FlagChange { Archived = !Flag.IsArchived }, Flag.IsArchived ? "Flag is back" : "Flag archived", Flag.IsArchived ? ChangeOf.On : ChangeOf.Off, new FlagChange { Archived = Flag.IsArchived });

    /// <summary>Stores what was typed together with what somebody else changed; where both changed the same, what was typed.</summary>
    public Task KeepBothAsync() => KeepAsync(theirs => FlagMerge.Merge(new ThreeWay(), _first, Edit, theirs));

    /// <summary>Stores what was typed over what somebody else stored.</summary>
    public Task KeepMineAsync() => KeepAsync(_ => Edit);

    /// <summary>Forgets what was typed.</summary>
    public async Task TakeTheirsAsync()
    {
        if ((await _operations.FindAsync(Flag.Id)).Value is { } newest)
        {
            await ShowAsync(newest);
        }
    }

    /// <returns>Why it was not deleted; null where it was.</returns>
    public async Task<string?> DeleteAsync() =>
        (await _actions.ChangeAsync(() => _operations.DeleteAsync(Flag.Id), "Flag deleted", (Flag.Id, _seen))).Error;

    // Compiled again only where it was typed in.
    private FlagSchema Schema => _schema.Text == Edit.Schema ? _schema : _schema = new FlagSchema(Edit.Schema);

    private async Task ShowAsync(FlagView view)
    {
        _names = await _reading.NamesAsync(view.Flag);
        Begin(view);
        Edit = FlagEdits.Of(view, _names);
        Error = null;
        _moved.Clear();
        _moveFaults.Clear();
    }

    // From here on, what is stored is what was typed in.
    private void Begin(FlagView view)
    {
        _first = FlagEdits.Of(view, _names);
        _loaded = FlagEdits.Write(_first, _names).ToJsonString();
        _loadedSchema = _first.Schema;
        (View, _seen, Conflict) = (view, view.Flag.Revision, null);
    }

    /// <summary>Somebody else may have changed the flag while it was edited. Where they changed nothing of what is edited, there is nothing to ask.</summary>
    private async Task MeetAsync(FlagView newest)
    {
        FlagNames names = await _reading.NamesAsync(newest.Flag);
        if (newest.Flag.Revision <= _seen)
        {
            return;
        }

        View = newest;
        var way = new ThreeWay();
        FlagMerge.Merge(way, _first, Edit, FlagEdits.Of(newest, names));
        if (way.IsEmpty)
        {
            Begin(newest);
        }
        else
        {
            Conflict = way;
        }
    }

    private async Task KeepAsync(Func<FlagEdit, FlagEdit> choose)
    {
        if ((await _operations.FindAsync(Flag.Id)).Value is not { } newest)
        {
            return;
        }

        _names = await _reading.NamesAsync(newest.Flag);
        Edit = choose(FlagEdits.Of(newest, _names));

        // Rules that somebody removed in the meantime become new ones.
        foreach (FlagRuleEdit rule in Edit.Rules.Where(one => newest.Flag.Rules.All(stored => stored.Id != one.Id)))
        {
            rule.Id = null;
        }

        Begin(newest);
        await SaveAsync();
    }

    /// <param name="change">What is wanted.</param>
    /// <param name="done">What is said when it is done.</param>
    /// <param name="kind">Of the change.</param>
    /// <param name="back">Undoes it; null where that is not offered.</param>
    private async Task ApplyAsync(FlagChange change, string done, ChangeOf kind, FlagChange? back = null)
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        Guid id = Flag.Id;
        bool wasDirty = IsDirty;
        Outcome<FlagView> outcome = await ChangeAsync(_seen);
        for (int attempt = 1; attempt < MaxAttempts && outcome.IsConflict && (await _operations.FindAsync(id)).Value is { } newest; attempt++)
        {
            await MeetAsync(newest);
            if (kind == ChangeOf.Off || Conflict is null)
            {
                outcome = await ChangeAsync(newest.Flag.Revision);
            }
        }

        IsBusy = false;
        Error = !outcome.IsConflict ? outcome.Error : Conflict is null ? "Somebody else changes this at the same moment. Try again." : null;
        if (outcome.IsConflict && !wasDirty && View is { } seen)
        {
            await ShowAsync(seen);
            Error = "Somebody else has changed this in the meantime. Look at it, then do it again: what is stored goes live.";
        }

        if (outcome.Value is not { } view)
        {
            return;
        }

        View = view;
        if (kind == ChangeOf.Whole || !wasDirty)
        {
            await ShowAsync(view);
        }
        else if (Conflict is null)
        {
            _seen = view.Flag.Revision;
        }

        Task<Outcome<FlagView>> ChangeAsync(long seen) => _actions.ChangeAsync(
            () => _operations.ChangeAsync(id, change), done, (id, seen), back is null ? null : changed => UndoAsync(changed, back));
    }

    /// <summary>Only where nobody has changed it since. The page hears of it as of any other change.</summary>
    private async Task UndoAsync(FlagView changed, FlagChange back)
    {
        Outcome<FlagView> undone = await _actions.ChangeAsync(
            () => _operations.ChangeAsync(changed.Flag.Id, back), "Undone", (changed.Flag.Id, changed.Flag.Revision));
        _actions.Say(undone.Error, MudBlazor.Severity.Error);
        if (undone.Value is { } view && View?.Flag.Id == view.Flag.Id && !IsDirty)
        {
            View = view;
            await ShowAsync(view);
        }
        else if (undone.Value is { } other && View?.Flag.Id == other.Flag.Id)
        {
            (View, _seen) = (other, Conflict is null ? other.Flag.Revision : _seen);
        }
    }

    private enum ChangeOf
    {
        /// <summary>All that is edited.</summary>
        Whole,

        /// <summary>What is stored goes live, so that whoever does it has to have seen that.</summary>
        On,

        /// <summary>Less goes live: that never waits for a look at what somebody else changed.</summary>
        Off,
    }

    private sealed record FlagDraft(long Revision, FlagEdit Edit, FlagEdit First);
}
