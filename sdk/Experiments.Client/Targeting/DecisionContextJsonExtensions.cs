using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client;

/// <summary>Fills a <see cref="DecisionContext"/> from JSON.</summary>
public static class DecisionContextJsonExtensions
{
    /// <summary>How deep a context may nest.</summary>
    public const int MaxDepth = 128;

    /// <summary>
    /// Replaces the attributes by the members of a JSON object, read straight from UTF-8. Of members with the same name the last one
    /// counts; numbers are doubles. Nested values are found by path: <c>user.plan</c>, <c>tags.0</c>, <c>tags.length</c>.
    /// </summary>
    /// <param name="context">Left without attributes when this throws.</param>
    /// <param name="utf8Json">Only read during the call.</param>
    /// <exception cref="JsonException">Not valid UTF-8, not JSON, not an object, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static DecisionContext SetJson(this DecisionContext context, ReadOnlySpan<byte> utf8Json)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Clear();
        try
        {
            Read(context, utf8Json);
            return context;
        }
        catch
        {
            context.Clear();
            throw;
        }
    }

    private static void Read(DecisionContext context, ReadOnlySpan<byte> utf8Json)
    {
        // Most contexts are ASCII: widened at once, their texts are where they are in the JSON
        // (row read-context of Experiments.Benchmarks bars).
        bool isAscii = Ascii.ToUtf16(utf8Json, context.Reserve(utf8Json.Length), out _) == OperationStatus.Done;
        int? widened = isAscii ? context.Commit(utf8Json.Length) : null;
        if (!isAscii && !Utf8.IsValid(utf8Json))
        {
            throw new JsonException("The context is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The context is not a JSON object.");
        }

        // parents[d] is the node whose members are read at depth d.
        Span<int> parents = stackalloc int[MaxDepth + 1];
        int depth = 0;
        parents[0] = DecisionContext.Root;
        var node = default(ContextNode);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    node = default;
                    node.NameStart = TextOf(context, ref reader, widened, out node.NameLength);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    node = default;
                    break;
                default:
                    ReadValue(context, ref reader, widened, ref node);
                    int index = context.Add(parents[depth], node);
                    if (node.Kind is ContextValueKind.Object or ContextValueKind.Array)
                    {
                        parents[++depth] = index;
                    }

                    node = default;
                    break;
            }
        }
    }

    private static void ReadValue(DecisionContext context, ref Utf8JsonReader reader, int? widened, ref ContextNode node)
    {
        node.Kind = reader.TokenType switch
        {
            JsonTokenType.Null => ContextValueKind.Null,
            JsonTokenType.False => ContextValueKind.False,
            JsonTokenType.True => ContextValueKind.True,
            JsonTokenType.Number => ContextValueKind.Number,
            JsonTokenType.String => ContextValueKind.String,
            JsonTokenType.StartObject => ContextValueKind.Object,
            _ => ContextValueKind.Array,
        };
        if (node.Kind == ContextValueKind.Number)
        {
            node.Number = reader.GetDouble();
        }
        else if (node.Kind == ContextValueKind.String)
        {
            node.TextStart = TextOf(context, ref reader, widened, out node.TextLength);
        }
    }

    /// <summary>Where the text that the reader stands on is in the context.</summary>
    /// <param name="context">Receives it where it is not there yet.</param>
    /// <param name="reader">Stands on a name or a string.</param>
    /// <param name="widened">Where the whole JSON is in the context; null where it is not.</param>
    /// <param name="length">Of the text.</param>
    private static int TextOf(DecisionContext context, ref Utf8JsonReader reader, int? widened, out int length)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        if (widened is { } start && !reader.ValueIsEscaped)
        {
            // After the quote.
            length = raw.Length;
            return start + (int)reader.TokenStartIndex + 1;
        }

        Span<char> text = context.Reserve(raw.Length);
        length = reader.ValueIsEscaped ? JsonText.Unescape(raw, text) : Encoding.UTF8.GetChars(raw, text);
        return context.Commit(length);
    }
}
