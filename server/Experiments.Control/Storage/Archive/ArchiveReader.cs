using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Experiments.Control.Storage.Archive;

/// <summary>Reads lines and checks that none was lost or changed.</summary>
internal sealed class ArchiveReader(Stream input) : IDisposable
{
    // Deeper than any definition; see the depth that stored JSON may have.
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = StoredJsonContext.MaxDepth };

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StreamReader _lines = new(input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
    private long _line;

    /// <summary>Of all, once <see cref="Read"/> has answered null.</summary>
    public StoreArchiveSummary? Summary { get; private set; }

    /// <summary>The next record; null after the last one, when the archive is known to be whole.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ArchiveLine? Read()
    {
        if (_line == 0)
        {
            ReadFormat();
        }

        (JsonElement line, byte[] bytes) = Next();
        string? kind = line.ValueKind == JsonValueKind.Object && line.TryGetProperty("kind", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        if (kind == ArchiveRecords.End)
        {
            Complete(line);
            ThrowIfMoreFollows();
            return null;
        }

        _hash.AppendData(bytes);
        return kind is not null && line.TryGetProperty("value", out JsonElement value)
            ? new ArchiveLine(_line, kind, value)
            : throw new InvalidDataException($"Line {_line} of the archive is no record.");
    }

    public void Dispose()
    {
        _hash.Dispose();
        _lines.Dispose();
    }

    private void ReadFormat()
    {
        (JsonElement line, byte[] bytes) = Next();
        _hash.AppendData(bytes);
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String)
        {
            throw new InvalidDataException("This is no archive of a store.");
        }

        if (format.GetString() != StoreArchive.Format)
        {
            throw new InvalidDataException($"The archive has the format {format.GetString()}, and this program knows {StoreArchive.Format}.");
        }
    }

    private void Complete(JsonElement end)
    {
        var expected = new StoreArchiveSummary(_line - 2, Convert.ToHexStringLower(_hash.GetCurrentHash()));
        bool isWhole = end.TryGetProperty("records", out JsonElement records) && records.ValueKind == JsonValueKind.Number && records.TryGetInt64(out long count)
            && count == expected.Records && end.TryGetProperty("sha256", out JsonElement sha256) && sha256.ValueKind == JsonValueKind.String && sha256.GetString() == expected.Sha256;
        Summary = isWhole ? expected : throw new InvalidDataException("The archive is not what was written: its end names another number of records, or another SHA-256.");
    }

    // Also looks at what the compression says at its own end.
    private void ThrowIfMoreFollows()
    {
        try
        {
            if (_lines.ReadLine() is null)
            {
                return;
            }
        }
        catch (DecoderFallbackException)
        {
            // No line, but there is something.
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("The archive is cut off.", fault);
        }

        throw new InvalidDataException("The archive is not what was written: something follows its end.");
    }

    private (JsonElement Line, byte[] Bytes) Next()
    {
        try
        {
            string text = _lines.ReadLine() ?? throw new InvalidDataException("The archive is cut off.");
            _line++;
            return (JsonElement.Parse(text, s_options), Encoding.UTF8.GetBytes(text + "\n"));
        }
        catch (Exception fault) when (fault is JsonException or DecoderFallbackException || (fault is InvalidDataException && _line == 0))
        {
            throw new InvalidDataException(_line == 0 ? "This is no archive of a store." : $"Line {_line} of the archive is damaged: {fault.Message}", fault);
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("The archive is cut off.", fault);
        }
    }
}
