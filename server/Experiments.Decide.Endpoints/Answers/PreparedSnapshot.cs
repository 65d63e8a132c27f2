using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Client;
using Experiments.Client.Decisions;
using Experiments.Client.Json;
using Experiments.Client.Snapshots;

namespace Experiments.Decide.Endpoints.Answers;

/// <summary>A snapshot with the bytes that answers from it are made of. An assignment's bytes depend on its outcome alone, and a snapshot
/// knows all of its outcomes, so each is written once and then copied.</summary>
internal sealed class PreparedSnapshot
{
    // Assignments one after another, each with a comma before it; that of outcome i is from _ends[i - 1] to _ends[i].
    private readonly byte[] _assignments;
    private readonly int[] _ends;

    public PreparedSnapshot(CompiledSnapshot snapshot, DecisionSurroundings surroundings)
    {
        Snapshot = snapshot;
        Surroundings = surroundings;
        AfterUserKey =
        [
            .. "\",\"environment\":"u8, .. JsonString.Quote(snapshot.Environment),
            .. ",\"config_version\":"u8, .. Encoding.UTF8.GetBytes(snapshot.Version.ToString(CultureInfo.InvariantCulture)),
            .. ",\"assignments\":["u8,
        ];
        Decision[] outcomes = snapshot.Program.Outcomes;
        var assignments = new ArrayBufferWriter<byte>(Math.Max(1, outcomes.Length * 128));
        _ends = new int[outcomes.Length];
        for (int i = 0; i < outcomes.Length; i++)
        {
            Write(assignments, outcomes[i]);
            _ends[i] = assignments.WrittenCount;
        }

        _assignments = assignments.WrittenSpan.ToArray();
    }

    public CompiledSnapshot Snapshot { get; }

    public DecisionSurroundings Surroundings { get; }

    /// <summary>All from the quote that ends the user key to the bracket that starts the assignments.</summary>
    public byte[] AfterUserKey { get; }

    /// <summary>The assignment as a member of the list, a comma before it; empty where the outcome assigns nothing.</summary>
    /// <param name="ending">The number of an outcome of the snapshot, or of a fault.</param>
    public ReadOnlySpan<byte> AssignmentOf(int ending)
    {
        int start = ending == 0 ? 0 : _ends[ending - 1];
        return _assignments.AsSpan(start, _ends[ending] - start);
    }

    private static void Write(ArrayBufferWriter<byte> json, Decision outcome)
    {
        // Flags are no experiments; whoever is in none has no variant.
        if (outcome is not { Origin.IsExperiment: true, Variant: { Key: { } variantKey } variant })
        {
            return;
        }

        json.Write(",{\"experiment_key\":"u8);
        json.Write(JsonString.Quote(outcome.Key));
        json.Write(",\"experiment_id\":"u8);
        json.Write(JsonString.Quote(outcome.Origin.PeekExperimentId()!));
        json.Write(",\"variant_key\":"u8);
        json.Write(JsonString.Quote(variantKey));
        json.Write(",\"variant_id\":"u8);
        json.Write(JsonString.Quote(variant.PeekId()!));
        if (variant.Kind != JsonValueKind.Undefined)
        {
            json.Write(",\"payload\":"u8);
            json.Write(variant.PayloadUtf8.Span);
        }

        json.Write("}"u8);
    }
}
