using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client;
using Experiments.Client.Snapshots;

namespace Experiments.Decide.Endpoints.Answers;

/// <summary>A snapshot with the bytes that answers from it are made of. An assignment's bytes depend on its decision alone, and decisions
/// are prepared at load, so each is written once and then copied.</summary>
internal sealed class PreparedSnapshot
{
    // By reference, for decisions are shared objects. Filled as assignments are asked for: a load does not wait for it.
    private readonly ConcurrentDictionary<Decision, byte[]> _assignments = new(ReferenceEqualityComparer.Instance);

    public PreparedSnapshot(CompiledSnapshot snapshot)
    {
        Snapshot = snapshot;
        AfterUserKey =
        [
            .. "\",\"environment\":"u8, .. JsonString.Quote(snapshot.Environment),
            .. ",\"config_version\":"u8, .. Encoding.UTF8.GetBytes(snapshot.Version.ToString(CultureInfo.InvariantCulture)),
            .. ",\"assignments\":["u8,
        ];
    }

    public CompiledSnapshot Snapshot { get; }

    /// <summary>All from the quote that ends the user key to the bracket that starts the assignments.</summary>
    public byte[] AfterUserKey { get; }

    /// <summary>The assignment as a member of the list, without a comma.</summary>
    /// <param name="decision">One of the snapshot's that has a variant.</param>
    public byte[] AssignmentOf(Decision decision) =>
        _assignments.TryGetValue(decision, out byte[]? prepared) ? prepared : _assignments.GetOrAdd(decision, Prepare(decision));

    private static byte[] Prepare(Decision decision)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"experiment_key\":"u8);
        json.Write(JsonString.Quote(decision.Key));
        json.Write(",\"experiment_id\":"u8);
        json.Write(JsonString.Quote(decision.ExperimentId!));
        json.Write(",\"variant_key\":"u8);
        json.Write(JsonString.Quote(decision.VariantKey!));
        json.Write(",\"variant_id\":"u8);
        json.Write(JsonString.Quote(decision.VariantId!));
        if (decision.Payload.ValueKind != JsonValueKind.Undefined)
        {
            json.Write(",\"payload\":"u8);
            json.Write(JsonMarshal.GetRawUtf8Value(decision.Payload));
        }

        json.Write("}"u8);
        return json.WrittenSpan.ToArray();
    }
}
