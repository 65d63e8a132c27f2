using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Experiments.Control.Storage.Archive;

/// <summary>Writes lines and hashes them.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    private readonly Stream _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _line = new();
    private long _records;

    public ArchiveWriter(Stream output)
    {
        _output = output;
        WriteLine(json => json.WriteString("format", StoreArchive.Format));
    }

    public void Write<T>(string kind, T record)
        where T : class
    {
        WriteLine(json =>
        {
            json.WriteString("kind", kind);
            json.WritePropertyName("value");
            JsonSerializer.Serialize(json, record, StoredJsonContext.TypeInfo<T>());
        });
        _records++;
    }

    /// <summary>Writes the end. Nothing is written after it.</summary>
    public StoreArchiveSummary Complete()
    {
        var summary = new StoreArchiveSummary(_records, Convert.ToHexStringLower(_hash.GetCurrentHash()));
        WriteLine(json =>
        {
            json.WriteString("kind", ArchiveRecords.End);
            json.WriteNumber("records", summary.Records);
            json.WriteString("sha256", summary.Sha256);
        });
        return summary;
    }

    public void Dispose() => _hash.Dispose();

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        _hash.AppendData(_line.WrittenSpan);
        _output.Write(_line.WrittenSpan);
    }
}
