using System.Text.Json;
using System.Text.Unicode;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Names what readers accept and then decide as "never" or as a fault: unknown operators, operands of no use, names of nothing, cycles. Those
/// who publish refuse it; whoever already has such a snapshot decides the rest of it.
/// </summary>
internal sealed class SnapshotWarnings
{
    private readonly FaultLog _log = new();
    private readonly SnapshotNames _names = new();
    private readonly CycleWarnings _cycles = new();
    private readonly ConditionWarnings _conditions;

    private SnapshotWarnings() => _conditions = new ConditionWarnings(_log, _names, _cycles);

    /// <summary>Each with its path; empty where the snapshot has faults, which come first.</summary>
    public static IReadOnlyList<string> Find(ReadOnlyMemory<byte> utf8Json)
    {
        utf8Json = SnapshotReader.WithoutMark(utf8Json);
        if (!Utf8.IsValid(utf8Json.Span) || SnapshotFaults.Find(utf8Json).Count > 0)
        {
            return [];
        }

        using JsonDocument json = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
        var warnings = new SnapshotWarnings();
        warnings.CheckSnapshot(json.RootElement);
        return warnings._log.Faults;
    }

    private void CheckSnapshot(JsonElement snapshot)
    {
        bool hasFlags = FaultLog.TryGet(snapshot, "format", out JsonElement format) && format.GetDouble() == (int)SnapshotFormat.Flags;
        if (hasFlags)
        {
            _names.Read(snapshot);
        }

        FaultPath root = FaultPath.Root;
        var experiments = new ExperimentWarnings(_log, _names, hasFlags);
        _log.Last(snapshot, root, "experiments", isRequired: false, (list, path) => _log.Items(list, path, experiments.Check));
        if (!hasFlags)
        {
            return;
        }

        var flags = new FlagWarnings(_log, _names, _conditions, _cycles);
        _log.Last(snapshot, root, "hashes", isRequired: false, (hashes, path) => _log.Members(hashes, path, CheckHash));
        _log.Last(snapshot, root, "audiences", isRequired: false, CheckAudiences);
        _log.Last(snapshot, root, "flags", isRequired: false, (list, path) => _log.Items(list, path, flags.Check));
        _cycles.Find(_log);
    }

    private void CheckHash(JsonElement hash, FaultPath path)
    {
        FaultLog.TryGet(hash, "buckets", out JsonElement buckets);
        if (SnapshotNames.BoundOf(buckets) == 0)
        {
            _log.Add(path.Member("buckets"), "without buckets it holds for nobody");
        }
    }

    private void CheckAudiences(JsonElement audiences, FaultPath path)
    {
        foreach (JsonProperty audience in audiences.EnumerateObject())
        {
            string name = JsonText.ReadName(audience);
            _cycles.Enter(isFlag: false, name, path.Member(name));
            _log.Last(audience.Value, path.Member(name), "if", isRequired: false, _conditions.Check);
        }
    }
}
