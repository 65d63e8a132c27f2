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

    private static ReadOnlySpan<byte> BeforeKey => ",{\"experiment_key\":\""u8;

    private static ReadOnlySpan<byte> BeforeExperimentId => "\",\"experiment_id\":\""u8;

    private static ReadOnlySpan<byte> BeforeVariantKey => "\",\"variant_key\":\""u8;

    private static ReadOnlySpan<byte> BeforeVariantId => "\",\"variant_id\":\""u8;

    private static ReadOnlySpan<byte> BeforePayload => ",\"payload\":"u8;

    // The quote that ends the variant's id, and the end of the assignment: a payload stands between them.
    private static ReadOnlySpan<byte> End => "\"}"u8;

    public PreparedSnapshot(CompiledSnapshot snapshot, DecisionSurroundings surroundings)
    {
        Snapshot = snapshot;
        Surroundings = surroundings;
        FlagCount = snapshot.Flags.Length - snapshot.ExperimentFlags.Count(static flag => flag != CompiledSnapshot.NotListed);
        AfterUserKey =
        [
            .. "\",\"environment\":"u8, .. JsonString.Quote(snapshot.Environment),
            .. ",\"config_version\":"u8, .. Encoding.UTF8.GetBytes(snapshot.Version.ToString(CultureInfo.InvariantCulture)),
            .. ",\"assignments\":["u8,
        ];
        Decision[] outcomes = snapshot.Program.Outcomes;
        _ends = new int[outcomes.Length];
        int end = 0;
        for (int i = 0; i < outcomes.Length; i++)
        {
            _ends[i] = end += Length(outcomes[i]);
        }

        // Measured before it is written: of a large snapshot this is megabytes, which must not be copied as they grow.
        _assignments = GC.AllocateUninitializedArray<byte>(end);
        Span<byte> free = _assignments;
        foreach (Decision outcome in outcomes)
        {
            Write(outcome, ref free);
        }
    }

    public CompiledSnapshot Snapshot { get; }

    public DecisionSurroundings Surroundings { get; }

    /// <summary>How many of the snapshot's <see cref="CompiledSnapshot.Flags"/> are no experiments: the last ones.</summary>
    public int FlagCount { get; }

    /// <summary>All from the quote that ends the user key to the bracket that starts the assignments.</summary>
    public byte[] AfterUserKey { get; }

    /// <summary>The assignment as a member of the list, a comma before it; empty where the outcome assigns nothing.</summary>
    /// <param name="ending">The number of an outcome of the snapshot, or of a fault.</param>
    public ReadOnlySpan<byte> AssignmentOf(int ending)
    {
        int start = ending == 0 ? 0 : _ends[ending - 1];
        return _assignments.AsSpan(start, _ends[ending] - start);
    }

    // Flags are no experiments; whoever is in none has no variant.
    private static bool IsAssignment(Decision outcome) => outcome is { Origin.IsExperiment: true, Variant.Key: not null };

    private static int Length(Decision outcome)
    {
        if (!IsAssignment(outcome))
        {
            return 0;
        }

        int length = BeforeKey.Length + BeforeExperimentId.Length + BeforeVariantKey.Length + BeforeVariantId.Length + End.Length
            + JsonString.Length(outcome.Key) + JsonString.Length(outcome.Origin.PeekExperimentId()!)
            + JsonString.Length(outcome.VariantKey!) + JsonString.Length(outcome.Variant!.PeekId()!);
        return outcome.Variant.Kind == JsonValueKind.Undefined ? length : length + BeforePayload.Length + outcome.Variant.PayloadUtf8.Length;
    }

    private static void Write(Decision outcome, ref Span<byte> free)
    {
        if (!IsAssignment(outcome))
        {
            return;
        }

        Append(ref free, BeforeKey, outcome.Key);
        Append(ref free, BeforeExperimentId, outcome.Origin.PeekExperimentId()!);
        Append(ref free, BeforeVariantKey, outcome.VariantKey!);
        Append(ref free, BeforeVariantId, outcome.Variant!.PeekId()!);
        Append(ref free, End[..1]);
        if (outcome.Variant.Kind != JsonValueKind.Undefined)
        {
            Append(ref free, BeforePayload);
            Append(ref free, outcome.Variant.PayloadUtf8.Span);
        }

        Append(ref free, End[1..]);
    }

    private static void Append(ref Span<byte> free, ReadOnlySpan<byte> before, string text)
    {
        Append(ref free, before);
        free = free[JsonString.Write(text, free)..];
    }

    private static void Append(ref Span<byte> free, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(free);
        free = free[bytes.Length..];
    }
}
