using System.Buffers.Text;
using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Puts ids and payloads into pages: see <see cref="PackedId"/>.</summary>
internal sealed class VariantReader(TextPages pages)
{
    private const int UuidLength = 36;

    /// <param name="key">Of the variant.</param>
    /// <param name="id">Null for a variant of a flag.</param>
    /// <param name="payload">The default where there is none.</param>
    /// <param name="utf8Json">The whole snapshot.</param>
    public DecisionVariant Create(string key, TextToken? id, VariantPayload payload, ReadOnlySpan<byte> utf8Json)
    {
        PackedTexts texts = Pack(id, utf8Json.Slice(payload.Start, payload.Length), utf8Json);
        bool isReady = payload.Kind is JsonValueKind.Number or JsonValueKind.String || id is { IsEscaped: true };
        return new DecisionVariant(key, payload.Kind, texts, !isReady ? null : new DecodedVariant(texts.Page)
        {
            Id = id is { IsEscaped: true } escaped ? escaped.Read(utf8Json) : null,
            Number = payload.Number,
            Text = payload.Text,
        });
    }

    /// <summary>What the decisions of an experiment share.</summary>
    public DecisionOrigin CreateOrigin(string key, TextToken id, long version, ReadOnlySpan<byte> utf8Json) => id.IsEscaped
        ? new DecisionOrigin(key, version, id.Read(utf8Json))
        : new DecisionOrigin(key, version, Pack(id, default, utf8Json));

    /// <summary>An id with escapes is left out: it may hold a lone surrogate, which UTF-8 cannot.</summary>
    private PackedTexts Pack(TextToken? id, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> utf8Json)
    {
        bool isHere = id is { IsEscaped: false };
        ReadOnlySpan<byte> text = isHere ? id.GetValueOrDefault().Raw(utf8Json) : default;
        bool isUuid = TryParse(text, out Guid uuid);
        int idLength = !isHere ? PackedId.None : isUuid ? PackedId.Uuid : text.Length;
        int idSize = PackedId.SizeOf(idLength);
        byte[] page = pages.Take(idSize + payload.Length, out int start);
        if (isUuid)
        {
            uuid.TryWriteBytes(page.AsSpan(start));
        }
        else
        {
            text.CopyTo(page.AsSpan(start));
        }

        payload.CopyTo(page.AsSpan(start + idSize));
        return new PackedTexts(page, start, idLength, payload.Length);
    }

    /// <summary>Only a UUID that would be written the same again.</summary>
    private static bool TryParse(ReadOnlySpan<byte> id, out Guid uuid)
    {
        uuid = default;
        return id.Length == UuidLength && !id.ContainsAnyInRange((byte)'A', (byte)'F')
            && Utf8Parser.TryParse(id, out uuid, out int parsed, 'D') && parsed == UuidLength;
    }
}
