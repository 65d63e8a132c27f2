using System.Text;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Text of JSON tokens, without a string for each: most are names, operators and operands that were seen before.</summary>
internal sealed class TokenText
{
    private const int MaxPooledLength = 128;

    // Distinct texts that are kept; hostile snapshots hold millions.
    private const int MaxPooled = 100_000;

    private readonly HashSet<string> _pool = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private char[] _buffer = new char[256];

    public TokenText() => _lookup = _pool.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text; valid until the next call.</summary>
    public ReadOnlySpan<char> Read(ref readonly Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        if (_buffer.Length < raw.Length)
        {
            _buffer = new char[Math.Max(raw.Length, _buffer.Length * 2)];
        }

        int length = reader.ValueIsEscaped ? JsonText.Unescape(raw, _buffer) : Encoding.UTF8.GetChars(raw, _buffer);
        return _buffer.AsSpan(0, length);
    }

    /// <summary>The text as a string, the same one for the same text where it is short.</summary>
    public string ReadPooled(ref readonly Utf8JsonReader reader)
    {
        ReadOnlySpan<char> text = Read(in reader);
        if (_lookup.TryGetValue(text, out string? pooled))
        {
            return pooled;
        }

        string created = text.ToString();
        if (created.Length <= MaxPooledLength && _pool.Count < MaxPooled)
        {
            _pool.Add(created);
        }

        return created;
    }
}
