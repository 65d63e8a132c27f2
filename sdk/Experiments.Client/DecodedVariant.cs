using System.Text.Json;

namespace Experiments.Client;

/// <summary>What has been read of a variant: of most variants nothing ever is.</summary>
internal sealed class DecodedVariant(byte[] page)
{
    private string? _id;
    private JsonDocument? _document;

    /// <summary>What it was read from.</summary>
    public byte[] Page => page;

    /// <summary>Where the payload is a number.</summary>
    public double Number { get; init; }

    /// <summary>Where the payload is a string.</summary>
    public string? Text { get; init; }

    /// <summary>Null where nobody has asked for it yet.</summary>
    public string? Id
    {
        get => Volatile.Read(ref _id);
        set => Volatile.Write(ref _id, value);
    }

    /// <summary>Null where nobody has asked for it yet.</summary>
    public JsonDocument? Document
    {
        get => Volatile.Read(ref _document);
        set => Volatile.Write(ref _document, value);
    }
}
