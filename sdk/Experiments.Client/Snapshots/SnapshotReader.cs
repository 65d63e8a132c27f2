using System.Text.Json;
using System.Text.Unicode;

namespace Experiments.Client.Snapshots;

/// <summary>
/// Bytes of a snapshot object to its form in memory. The control server runs it on everything it publishes, so what is published is
/// what readers accept.
/// </summary>
internal static class SnapshotReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="utf8Json">The object's bytes.</param>
    /// <param name="environment">The environment that was asked for.</param>
    /// <param name="version">The version that was asked for.</param>
    public static SnapshotLoad Read(ReadOnlyMemory<byte> utf8Json, string environment, long version)
    {
        if (utf8Json.Span.StartsWith(ByteOrderMark))
        {
            utf8Json = utf8Json[ByteOrderMark.Length..];
        }

        if (!Utf8.IsValid(utf8Json.Span))
        {
            return new SnapshotLoad(["not valid UTF-8"]);
        }

        if (!TryDeserialize(utf8Json.Span, out SnapshotDocument? document, out string fault)
            && LoneSurrogateNames.TryReplace(utf8Json.Span, out byte[]? replaced))
        {
            utf8Json = replaced;
            TryDeserialize(utf8Json.Span, out document, out fault);
        }

        if (document is null || !SnapshotFaults.IsWhole(document))
        {
            IReadOnlyList<string> faults = SnapshotFaults.Find(utf8Json);
            return new SnapshotLoad(faults.Count > 0 ? faults : [fault]);
        }

        IReadOnlyList<string> mismatches = SnapshotFaults.Find(document, environment, version);
        return mismatches.Count > 0 ? new SnapshotLoad(mismatches) : new SnapshotLoad(SnapshotCompiler.Compile(document));
    }

    private static bool TryDeserialize(
        ReadOnlySpan<byte> utf8Json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SnapshotDocument? document, out string fault)
    {
        fault = "";
        document = null;
        try
        {
            document = JsonSerializer.Deserialize(utf8Json, SnapshotJsonContext.Default.SnapshotDocument);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name with a lone surrogate, where the serializer does not turn it into a JsonException.
            fault = exception.Message;
        }

        return document is not null;
    }
}
