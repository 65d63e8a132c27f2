using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Experiments.Client.Diagnostics;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Sources;

/// <summary>
/// Keeps one environment's snapshot in memory up to date: pointer, immutable object, checksum, build, swap, and only then remember
/// what was loaded. Never goes back to an older version. Polls of one poller run one at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing to dispose.")]
internal sealed partial class SnapshotPoller(
    string environment, ISnapshotSource source, SnapshotHolder snapshots, LastGoodFile? lastGood, TimeProvider time, ILogger logger)
{
    private const int MaxPointerBytes = 64 * 1024;
    private const int MaxSnapshotBytes = 512 * 1024 * 1024;
    private const int MaxProblemLength = 4_000;

    private static readonly TimeSpan SnapshotTimeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly TaskCompletionSource _firstPoll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _answerTimeout = TimeSpan.FromSeconds(10);
    private string? _etag;
    private string? _heldSha256;
    private RefusedSnapshot? _refused;
    private volatile string? _problem;
    private volatile bool _isConfirmed;
    private long _confirmedAt;

    /// <summary>Why the last poll failed or was refused; null where all is well. One line.</summary>
    public string? Problem => _problem;

    /// <summary>Time since the source last confirmed that the snapshot in memory is the live one; null where it never has. By the clock
    /// that does not jump.</summary>
    public TimeSpan? Age => _isConfirmed ? time.GetElapsedTime(Volatile.Read(ref _confirmedAt)) : null;

    /// <summary>Completes when the first poll has ended, however it ended; where it loads, as soon as the snapshot is in memory.</summary>
    public Task FirstPoll => _firstPoll.Task;

    public PollResult LastResult { get; private set; } = PollResult.Missing;

    /// <summary>Counts the results; null counts nothing.</summary>
    public ClientMetrics? Metrics { get; init; }

    /// <summary>Loads the last good snapshot from disk where there is one and nothing newer is in memory.</summary>
    public void LoadLastGood()
    {
        if (lastGood?.TryRead() is not { } file || (snapshots.Current is { IsBootstrap: false } held && held.Version >= file.Version))
        {
            return;
        }

        SnapshotLoad load = SnapshotReader.Read(file.Content, environment, file.Version);
        if (!load.IsAccepted)
        {
            LogLastGoodRejected(logger, environment, lastGood.Path, Join(load.Faults));
            return;
        }

        snapshots.Swap(load.Snapshot);
        _heldSha256 = file.Sha256;
        LogLastGoodLoaded(logger, environment, file.Version, lastGood.Path);
    }

    /// <summary>Polls until cancelled; nothing else ends it.</summary>
    public async Task RunAsync(PollSchedule schedule, CancellationToken cancellationToken)
    {
        _answerTimeout = schedule.AnswerTimeout;
        int failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            long started = time.GetTimestamp();
            PollResult result = await PollAsync(cancellationToken);
            failures = result is PollResult.Failed or PollResult.Rejected ? failures + 1 : 0;
            try
            {
                await Task.Delay(schedule.Next(failures, time.GetElapsedTime(started)), time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Looks once, after a look that is under way. Never throws: a failure is a result, and <see cref="Problem"/> says why.</summary>
    public async Task<PollResult> PollAsync(CancellationToken cancellationToken)
    {
        PollResult result;
        bool isHeld = false;
        try
        {
            await _gate.WaitAsync(cancellationToken);
            isHeld = true;
            using Activity? activity = ClientActivities.StartPoll(environment);
            result = await LookAsync(cancellationToken);
            ClientActivities.End(activity, result.ToString(), snapshots.Current?.Version ?? 0, _problem);
        }
#pragma warning disable CA1031 // The poll loop ends only on cancellation.
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever a store makes of it: some close the connection and fail on that.
            return PollResult.Failed;
        }
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = ReportFailure(exception);
        }
        finally
        {
            if (isHeld)
            {
                _gate.Release();
            }
        }

        // Made-up names have no snapshot, and a meter keeps every tag that it has seen.
        Metrics?.CountPoll(snapshots.Current is null ? null : environment, result.ToString());
        LastResult = result;
        _firstPoll.TrySetResult();
        return result;
    }

    private async Task<PollResult> LookAsync(CancellationToken cancellationToken)
    {
        SourceObject pointerObject = await ReadPointerAsync(cancellationToken);
        if (pointerObject.Status == SourceObjectStatus.NotModified && _etag is not null)
        {
            return Settle(PollResult.Unchanged);
        }

        if (pointerObject.Status != SourceObjectStatus.Found)
        {
            return ReportAbsent(pointerObject.Status);
        }

        if (ReadPointer(pointerObject.Content.Span) is not { } pointer)
        {
            return Report(PollResult.Rejected, "version.json is not a pointer: a JSON object with an integer \"version\" from 0 on");
        }

        if (snapshots.Current is { IsBootstrap: false } held && pointer.Version <= held.Version)
        {
            return KeepHeld(held, pointer, pointerObject.ETag);
        }

        if (_refused is { } refused && refused.IsNamedBy(pointer))
        {
            return Report(PollResult.Rejected, refused.Problem);
        }

        SourceObject content = await ReadSnapshotAsync(pointer.Version, cancellationToken);
        return content.Status == SourceObjectStatus.Found
            ? await LoadAsync(pointer, pointerObject.ETag, content.Content, cancellationToken)
            : ReportAbsent(content.Status);
    }

    private async Task<PollResult> LoadAsync(
        PointerDocument pointer, string? etag, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        if (pointer.Sha256 is { } expected && !sha256.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            return Report(PollResult.Rejected, $"version {pointer.Version} has sha256 {sha256}, but version.json says {expected}");
        }

        long start = time.GetTimestamp();
        SnapshotLoad load = SnapshotReader.Read(content, environment, pointer.Version);
        if (!load.IsAccepted)
        {
            string problem = $"version {pointer.Version}: {Join(load.Faults)}";

            // Without a checksum nobody knows that these were all its bytes: the next poll has to look again.
            _refused = pointer.Sha256 is null ? null : new RefusedSnapshot(pointer.Version, sha256, problem);
            return Report(PollResult.Rejected, problem);
        }

        snapshots.Swap(load.Snapshot);
        Metrics?.RecordLoad(environment, time.GetElapsedTime(start));

        // Only now: had the swap not happened, the next poll would have to try again.
        _heldSha256 = sha256;
        _etag = etag;
        _refused = null;

        // Who waits for the first poll, or asks for the status, waits for the snapshot and not for a disk.
        PollResult settled = Settle(PollResult.Loaded);
        _firstPoll.TrySetResult();
        LogLoaded(logger, environment, pointer.Version, load.Snapshot.Flags.Length);
        if (lastGood is not null)
        {
            await lastGood.WriteAsync(new LastGoodContent(content, pointer.Version, sha256), cancellationToken);
        }

        return settled;
    }

    private PollResult KeepHeld(CompiledSnapshot held, PointerDocument pointer, string? etag)
    {
        if (pointer.Version < held.Version)
        {
            return Report(PollResult.Regressed, $"version.json went back to version {pointer.Version}; version {held.Version} stays");
        }

        if (pointer.Sha256 is { } sha256 && _heldSha256 is { } heldSha256 && !sha256.Equals(heldSha256, StringComparison.OrdinalIgnoreCase))
        {
            return Report(PollResult.Regressed, $"version {pointer.Version} was published again with sha256 {sha256}; the first, {heldSha256}, stays");
        }

        // What it names is in memory: so it is after a last-good file, which knows no ETag.
        _etag = etag;
        return Settle(PollResult.Unchanged);
    }

    private async ValueTask<SourceObject> ReadPointerAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_answerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await source.ReadAsync(SnapshotKeys.Pointer(environment), _etag, MaxPointerBytes, either.Token);
    }

    /// <summary>A large snapshot over a slow line may take its time, as long as it goes on.</summary>
    private async ValueTask<SourceObject> ReadSnapshotAsync(long version, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(SnapshotTimeout, time);
        using var silence = new CancellationTokenSource(_answerTimeout, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, silence.Token, cancellationToken);
        return await source.ReadAsync(
            SnapshotKeys.Snapshot(environment, version), etag: null, MaxSnapshotBytes, () => silence.CancelAfter(_answerTimeout), any.Token);
    }

    private static PointerDocument? ReadPointer(ReadOnlySpan<byte> json)
    {
        try
        {
            PointerDocument? pointer = JsonSerializer.Deserialize(json, SnapshotJsonContext.Default.PointerDocument);
            return pointer is { Version: >= 0 } ? pointer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
