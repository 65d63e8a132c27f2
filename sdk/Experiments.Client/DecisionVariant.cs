using System.Text.Json;

namespace Experiments.Client;

/// <summary>
/// A variant as decisions share it. Id and payload stay in a page of bytes until they are first asked for; booleans, numbers and strings
/// are ready from the start. Thread-safe: two threads may both read an id or parse a payload; either result will do.
/// </summary>
internal sealed class DecisionVariant
{
    /// <summary>How deep a payload may nest: those of the older platform have no limit of their own.</summary>
    public const int MaxPayloadDepth = 1024;

    private readonly int _start;
    private readonly int _idLength;
    private readonly int _payloadLength;

    // The page; once something was read of it, a DecodedVariant, which has the page. In one field, because there are many variants and
    // few are ever looked at.
    private object _texts;

    /// <param name="key">Null only where it stands for "none".</param>
    /// <param name="kind">Of the payload.</param>
    /// <param name="texts">Id and payload.</param>
    /// <param name="decoded">What is ready from the start.</param>
    public DecisionVariant(string? key, JsonValueKind kind, PackedTexts texts, DecodedVariant? decoded = null)
    {
        Key = key;
        Kind = kind;
        _start = texts.Start;
        _idLength = texts.IdLength;
        _payloadLength = texts.PayloadLength;
        _texts = (object?)decoded ?? texts.Page;
    }

    /// <summary>Null only where it stands for "none".</summary>
    public string? Key { get; }

    /// <summary>Of the payload; <see cref="JsonValueKind.Undefined"/> where there is none.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>Null for a variant of a flag.</summary>
    public string? Id
    {
        get
        {
            string? id = PeekId();
            if (id is not null && Decoded?.Id is null)
            {
                Decode().Id = id;
            }

            return id;
        }
    }

    /// <summary>JSON; empty where there is no payload.</summary>
    public ReadOnlyMemory<byte> PayloadUtf8 => Page.AsMemory(_start + PackedId.SizeOf(_idLength), _payloadLength);

    /// <summary>Where the payload is a number.</summary>
    public double Number => Decoded?.Number ?? 0;

    /// <summary>Where the payload is a string.</summary>
    public string? Text => Decoded?.Text;

    public JsonElement Payload
    {
        get
        {
            if (Kind == JsonValueKind.Undefined)
            {
                return default;
            }

            DecodedVariant decoded = Decode();
            return (decoded.Document ??= Parse(PayloadUtf8)).RootElement;
        }
    }

    private DecodedVariant? Decoded => Volatile.Read(ref _texts) as DecodedVariant;

    private byte[] Page
    {
        get
        {
            object texts = Volatile.Read(ref _texts);
            return texts as byte[] ?? ((DecodedVariant)texts).Page;
        }
    }

    /// <summary>The id for one who asks once: it is not kept.</summary>
    public string? PeekId() => Decoded?.Id ?? PackedId.Read(Page, _start, _idLength);

    private DecodedVariant Decode()
    {
        object texts = Volatile.Read(ref _texts);
        if (texts is byte[] page)
        {
            var decoded = new DecodedVariant(page);
            texts = Interlocked.CompareExchange(ref _texts, decoded, page);
            return texts as DecodedVariant ?? decoded;
        }

        return (DecodedVariant)texts;
    }

    // It rents no memory that it would have to give back.
    private static JsonDocument Parse(ReadOnlyMemory<byte> payload) =>
        JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = MaxPayloadDepth });
}
