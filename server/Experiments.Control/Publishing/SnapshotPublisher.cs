using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Control.Auditing;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Diagnostics;
using Experiments.Control.Storage;
using Experiments.Control.Versions;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>
/// Publishes environments: claim a version, compile what is stored after the claim, check it with the readers' own loader, write.
/// Attempts of one environment run one at a time, whichever server makes them; those that waited find their change published and write nothing.
/// </summary>
internal sealed partial class SnapshotPublisher(
    IDefinitionStore definitions,
    ISnapshotStore snapshots,
    VersionContents contents,
    PublishObservers observers,
    Callers callers,
    TimeProvider time,
    ILogger<SnapshotPublisher> logger,
    ControlMetrics? metrics = null)
{
    /// <summary>How long an attempt may take, waiting for others included.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    // Versions that the store has and the database does not know: written by another server, or before the database was restored.
    private const int MaxTakenVersions = 1000;

    // More than anybody can have asked for: it is published whatever was before.
    private const long AnyState = long.MaxValue;

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _gates = new();
    private readonly ConcurrentDictionary<Guid, PublishFailure> _failures = new();

    // For what is told of an attempt that has read nothing: an environment keeps its name.
    private readonly ConcurrentDictionary<Guid, string> _names = new();

    /// <summary>Environments whose last attempt failed, until something of them is published. Also what failed before a version could be claimed is
    /// here.</summary>
    public IReadOnlyDictionary<Guid, PublishFailure> Failures => _failures;

    /// <summary>Takes one from <see cref="Failures"/>, unless there was another one since: what it left was published by another server.</summary>
    public void Forget(KeyValuePair<Guid, PublishFailure> failure) => _failures.TryRemove(failure);

    /// <summary>Publishes what was asked for by a change, unless another attempt already has.</summary>
    public Task<PublishOutcome> PublishAsync(PublishState requested) => AttemptAsync(requested.EnvironmentId, requested.Wanted);

    /// <summary>Publishes a new version, whether anything has changed or not.</summary>
    public Task<PublishOutcome> PublishAsync(Guid environmentId) => AttemptAsync(environmentId, AnyState);

    // The attempt runs on by itself when its time is up: a store that hangs in a system call cannot be interrupted, and the gate must
    // stay closed until it has returned. The caller gets its answer in time whatever happens. What is live when it is up is a success: those who want
    // to know of it are not waited for any longer.
    private async Task<PublishOutcome> AttemptAsync(Guid environmentId, long wanted)
    {
        var deadline = new CancellationTokenSource(AttemptTimeout, time);
        var hasTurn = new StrongBox<bool>();
        Task<PublishOutcome> attempt = Task.Run(async () =>
        {
            // Disposed by the attempt, not by the caller who has gone: a disposed deadline would never cancel what still waits.
            using (deadline)
            {
                return await TryPublishAsync(environmentId, wanted, hasTurn, deadline.Token);
            }
        });
        try
        {
            return await ThenTellAsync(environmentId, attempt).WaitAsync(AttemptTimeout, time);
        }
        catch (TimeoutException)
        {
            return attempt.IsCompletedSuccessfully ? await attempt : new PublishOutcome(TimedOut(Volatile.Read(ref hasTurn.Value)));
        }
    }

    // When the next attempt has its turn already: a slow observer holds up nobody but the caller.
    private async Task<PublishOutcome> ThenTellAsync(Guid environmentId, Task<PublishOutcome> attempt)
    {
        PublishOutcome outcome = await attempt;
        if (outcome.IsSuccess && !ReferenceEquals(outcome, PublishOutcome.AlreadyPublished))
        {
            await observers.TellAsync(NameOf(environmentId));
        }

        return outcome;
    }

    private async Task<PublishOutcome> TryPublishAsync(Guid environmentId, long wanted, StrongBox<bool> hasTurn, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate = _gates.GetOrAdd(environmentId, static _ => new SemaphoreSlim(1));
        bool isHeld = false;
        long start = time.GetTimestamp();
        using Activity? activity = ControlMetrics.Activities.StartActivity("publish");
        activity?.SetTag("environment_id", environmentId);
        try
        {
            await gate.WaitAsync(cancellationToken);
            isHeld = true;
            await using IAsyncDisposable turn = await definitions.LockPublishingAsync(environmentId, cancellationToken);
            Volatile.Write(ref hasTurn.Value, true);
            (PublishState state, EnvironmentDefinition? environment) = await definitions.ReadAsync(
                async reader => (await reader.GetPublishStateAsync(environmentId), await reader.FindEnvironmentAsync(environmentId)), cancellationToken);
            if (environment is not null)
            {
                _names[environmentId] = environment.Name;
                activity?.SetTag("environment", environment.Name);
            }

            PublishOutcome outcome =
                state.Published >= wanted ? PublishOutcome.AlreadyPublished
                : environment is not null ? await PublishNextAsync(environment, state, wanted == AnyState, cancellationToken)
                : throw new InvalidDataException($"There is no environment with id {environmentId}.");
            _failures.TryRemove(environmentId, out _);
            metrics?.RecordPublish(NameOf(environmentId), ReferenceEquals(outcome, PublishOutcome.AlreadyPublished) ? "already_published" : "published", time.GetElapsedTime(start));
            return outcome;
        }
#pragma warning disable CA1031 // Whatever a store throws: the change stands, and the publish is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string error = exception is OperationCanceledException ? TimedOut(hasTurn.Value) : $"{snapshots.Location}: {exception.Message}";
            LogFailed(logger, environmentId, error);
            activity?.SetStatus(ActivityStatusCode.Error, error);
            metrics?.RecordPublish(NameOf(environmentId), "failed", time.GetElapsedTime(start));
            _failures.AddOrUpdate(
                environmentId, static (_, failure) => failure, static (_, first, failure) => failure with { Since = first.Since },
                new PublishFailure(time.GetUtcNow(), error));
            return new PublishOutcome(error);
        }
        finally
        {
            if (isHeld)
            {
                gate.Release();
            }
        }
    }

    private string NameOf(Guid environmentId) => _names.TryGetValue(environmentId, out string? name) ? name : environmentId.ToString();

    private async Task<PublishOutcome> PublishNextAsync(
        EnvironmentDefinition environment, PublishState state, bool isByHand, CancellationToken cancellationToken)
    {
        var objects = new SnapshotObjects(snapshots, environment.Name);
        using IDisposable held = await snapshots.LockAsync(environment.Name, cancellationToken);
        long storeVersion = await objects.GetHighestVersionAsync(cancellationToken);
        for (int taken = 0; taken < MaxTakenVersions; taken++)
        {
            PublicationRecord claim = await ClaimAsync(environment.Id, storeVersion, AskedBy(state, isByHand), cancellationToken);
            if (await TryPublishAsync(environment, claim, objects, isByHand, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            storeVersion = claim.Version;
        }

        throw new IOException($"{MaxTakenVersions} versions in a row exist in the store already.");
    }

    // Who and why from the start: of a version that fails, and of one whose server dies, nobody else would tell.
    private Task<PublicationRecord> ClaimAsync(Guid environmentId, long storeVersion, Caller by, CancellationToken cancellationToken) => definitions.WriteAsync(
        async writer =>
        {
            PublicationRecord claim = await writer.ClaimVersionAsync(environmentId, storeVersion, UtcTime.Now(time)) with
            {
                Actor = by.Actor,
                Note = by.Reason,
            };
            await writer.UpdateAsync(claim);
            return claim;
        },
        cancellationToken);

    // Whoever asked for what waits, who may be gone: what was left is published by another server, or after a restart. A publish by hand is a version of
    // its own, but where an attempt has failed it also carries what that one left, and its note must not be lost.
    private Caller AskedBy(PublishState state, bool isByHand) =>
        state.Actor is not { } actor || (isByHand && (state.IsPublished || !_failures.ContainsKey(state.EnvironmentId)))
            ? callers.Current
            : new Caller(actor, state.Note);

    /// <summary>Null where the store has an object of this version already.</summary>
    private async Task<PublishOutcome?> TryPublishAsync(
        EnvironmentDefinition environment, PublicationRecord claim, SnapshotObjects objects, bool isByHand, CancellationToken cancellationToken)
    {
        PublicationRecord published;
        PublishState state;
        ReadOnlyMemory<byte> content;
        ReadOnlyMemory<byte> kept;
        EnvironmentContent source;
        try
        {
            DateTimeOffset publishedAt = UtcTime.Now(time);

            // Read after the claim: of two publishers the one with the higher version has the newer definitions.
            (state, source) = await definitions.ReadAsync(
                async reader => (await reader.GetPublishStateAsync(environment.Id), await EnvironmentContents.ReadAsync(reader, environment.Id)),
                cancellationToken);
            Task<ReadOnlyMemory<byte>> packing = Task.Run(() => EnvironmentContents.Pack(source), CancellationToken.None);
            content = SnapshotCompilation.Compile(environment, source, claim.Version, publishedAt);
            IReadOnlyList<string> faults = SnapshotReader.Read(content, environment.Name, claim.Version).Faults;
            if (faults.Count > 0)
            {
                throw new InvalidDataException($"Readers would refuse the snapshot: {string.Join("; ", faults)}");
            }

            kept = await packing;
            string? sha256 = await objects.TryWriteAsync(claim.Version, content, publishedAt, cancellationToken);
            if (sha256 is null)
            {
                await RecordFailedAsync(claim, "The store has an object of this version already.");
                return null;
            }

            // Again: whoever has asked since the claim is in this version, too.
            Caller by = AskedBy(state, isByHand);
            published = claim with
            {
                Status = PublicationStatus.Published,
                PublishedAt = publishedAt,
                Sha256 = sha256,
                ExperimentCount = source.Experiments.Count,
                FlagCount = source.Flags.Count,
                Actor = by.Actor,
                Note = by.Reason,
            };
        }
        catch (Exception exception)
        {
            await RecordFailedAsync(claim, exception is OperationCanceledException ? TimedOut(hasTurn: true) : exception.Message);
            throw;
        }

        // From here on it is live, whatever happens: a failure to write that down is not a failed version, but will be published again.
        await RecordPublishedAsync(environment, published, state, kept);
        contents.Note(environment.Id, published.Version, source);
        LogPublished(logger, environment.Name, published.Version, published.ExperimentCount);
        return new PublishOutcome(null, content);
    }

    private Task<PublicationRecord> RecordPublishedAsync(
        EnvironmentDefinition environment, PublicationRecord publication, PublishState state, ReadOnlyMemory<byte> kept) =>
        definitions.WriteAsync(async writer =>
    {
        await writer.UpdateAsync(publication);
        await writer.KeepVersionContentAsync(environment.Id, publication.Version, kept);
        await writer.AppendAsync(new AuditEntry
        {
            At = publication.PublishedAt!.Value,
            Actor = publication.Actor!,
            Reason = publication.Note,
            EnvironmentId = environment.Id,
            Kind = ResourceKind.Environment,
            ResourceId = environment.Id,
            ResourceKey = environment.Name,
            Action = AuditAction.Publish,
            Version = publication.Version,
        });
        await writer.CompletePublishAsync(publication.EnvironmentId, state.Wanted);
        return publication;
    });

    // For the audit trail alone: it must not hide why the version failed.
    private async Task RecordFailedAsync(PublicationRecord claim, string error)
    {
        try
        {
            await definitions.WriteAsync(async writer =>
            {
                await writer.UpdateAsync(claim with { Status = PublicationStatus.Failed, Error = error });
                return claim;
            });
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotRecorded(logger, claim.EnvironmentId, claim.Version, exception);
        }
    }

    private string TimedOut(bool hasTurn) => hasTurn
        ? $"{snapshots.Location}: no answer within {AttemptTimeout.TotalSeconds:0} s."
        : $"Other publishes of this environment took longer than the {AttemptTimeout.TotalSeconds:0} s that this one may wait for its turn.";

    [LoggerMessage(2001, LogLevel.Information, "Environment {Environment}: published version {Version} with {ExperimentCount} experiments")]
    private static partial void LogPublished(ILogger logger, string environment, long version, int experimentCount);

    [LoggerMessage(2002, LogLevel.Warning, "Environment {EnvironmentId}: publish failed and will be tried again: {Error}")]
    private static partial void LogFailed(ILogger logger, Guid environmentId, string error);

    [LoggerMessage(2006, LogLevel.Warning, "Environment {EnvironmentId}: that version {Version} failed could not be recorded")]
    private static partial void LogNotRecorded(ILogger logger, Guid environmentId, long version, Exception exception);
}
