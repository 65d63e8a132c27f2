using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Names everything that is wrong with a snapshot. Loading stops at the first fault and is fast; this walk runs only once that has
/// failed, and finds them all: it finds some exactly where the parser refuses a snapshot, totals of <see cref="LoadLimits"/> aside.
/// </summary>
internal sealed class SnapshotFaults
{
    private readonly FaultLog _log = new();
    private readonly ExperimentFaults _experiments;
    private readonly HashFaults _hashes;
    private readonly PredicateFaults _predicates;
    private readonly FlagFaults _flags;

    private SnapshotFaults()
    {
        _experiments = new ExperimentFaults(_log);
        _hashes = new HashFaults(_log);
        _predicates = new PredicateFaults(_log);
        _flags = new FlagFaults(_log, _predicates);
    }

    /// <summary>Every fault in the shape of a snapshot, each with its path.</summary>
    public static IReadOnlyList<string> Find(ReadOnlyMemory<byte> utf8Json)
    {
        var faults = new SnapshotFaults();
        try
        {
            using JsonDocument json = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
            faults.CheckSnapshot(json.RootElement);
        }
        catch (JsonException exception)
        {
            faults._log.AddUnreadable($"not JSON: {exception.Message}");
        }

        return faults._log.Faults;
    }

    private void CheckSnapshot(JsonElement snapshot)
    {
        FaultPath root = FaultPath.Root;
        if (!_log.Check(snapshot, root, JsonValueKind.Object))
        {
            return;
        }

        _log.Each(snapshot, root, "format", isRequired: false, CheckFormat);
        _log.Each(snapshot, root, "version", isRequired: true, (value, path) => _log.Integer(value, path, 0, long.MaxValue));
        _log.EachText(snapshot, root, "environment", isRequired: true);
        _log.EachText(snapshot, root, "publishedAt", isRequired: true);
        _log.Each(snapshot, root, "experiments", isRequired: true, (list, path) => _log.Items(list, path, _experiments.Check));

        // To readers of format 1 these are unknown members, whatever they hold.
        if (FaultLog.TryGet(snapshot, "format", out JsonElement format) && FormatOf(format) == SnapshotFormat.Flags)
        {
            _log.Last(snapshot, root, "experiments", isRequired: false, CheckFlagNames);
            _log.Last(snapshot, root, "hashes", isRequired: false, (hashes, path) => _log.Members(hashes, path, _hashes.Check));
            _log.Last(snapshot, root, "audiences", isRequired: false, (audiences, path) => _log.Members(audiences, path, CheckAudience));
            _log.Last(snapshot, root, "flags", isRequired: false, (flags, path) => _log.Items(flags, path, _flags.Check));
        }
    }

    private void CheckFormat(JsonElement format, FaultPath path)
    {
        if (FormatOf(format) is null)
        {
            _log.Add(path, $"{FaultLog.Shown(format)} is a format that this reader does not know; it knows 1 and 2");
        }
    }

    private static SnapshotFormat? FormatOf(JsonElement format) =>
        format.ValueKind == JsonValueKind.Number && WholeNumberConverter.TryRead(format, out long number)
            && number is (long)SnapshotFormat.Experiments or (long)SnapshotFormat.Flags
            ? (SnapshotFormat)number
            : null;

    private void CheckFlagNames(JsonElement experiments, FaultPath path)
    {
        if (experiments.ValueKind == JsonValueKind.Array)
        {
            _log.Items(experiments, path, _experiments.CheckFlagName);
        }
    }

    private void CheckAudience(JsonElement audience, FaultPath path)
    {
        if (!_log.Check(audience, path, JsonValueKind.Object))
        {
            return;
        }

        _log.OnlyMembers(audience, path, "if", "dialect", "meta");
        _log.Each(audience, path, "if", isRequired: true, _predicates.Check);
        _log.EachWord(audience, path, "dialect", isRequired: false, "core");
    }
}
