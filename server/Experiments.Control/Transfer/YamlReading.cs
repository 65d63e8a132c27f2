using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.Control.Transfer;

/// <summary>
/// YAML to JSON. Tags are refused, because nothing here has another type than JSON has; anchors and aliases are, because a short text
/// could stand for an endless one.
/// </summary>
internal sealed class YamlReading
{
    private readonly Parser _parser;
    private readonly Utf8JsonWriter _json;

    private YamlReading(Parser parser, Utf8JsonWriter json)
    {
        _parser = parser;
        _json = json;
    }

    /// <exception cref="YamlFaultException">It is no YAML, or none that is taken.</exception>
    public static byte[] ToJson(byte[] yaml)
    {
        var buffer = new ArrayBufferWriter<byte>(yaml.Length + 1);
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DocumentJson.MaxDepth };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            try
            {
                using var text = new StreamReader(new MemoryStream(yaml), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
                new YamlReading(new Parser(text), json).Read();
            }
            catch (YamlException fault)
            {
                throw new YamlFaultException(fault.Start, fault.Message, fault);
            }
            catch (DecoderFallbackException fault)
            {
                throw new YamlFaultException(Mark.Empty, "it is not valid UTF-8.", fault);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Read()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out StreamEnd? empty))
        {
            throw new YamlFaultException(empty.Start, "there is no document in it.");
        }

        _parser.Consume<DocumentStart>();
        Stack<HashSet<string>?> open = new();
        do
        {
            ReadNext(open);
        }
        while (open.Count > 0);

        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            throw new YamlFaultException(second.Start, "there is a second document in it.");
        }
    }

    /// <param name="open">Keys of the open mappings; null for sequences.</param>
    private void ReadNext(Stack<HashSet<string>?> open)
    {
        ParsingEvent next = _parser.Consume<ParsingEvent>();
        if (next is MappingEnd or SequenceEnd)
        {
            Close(next, open);
            return;
        }

        if (open.TryPeek(out HashSet<string>? keys) && keys is not null)
        {
            ReadKey(next, keys);
            next = _parser.Consume<ParsingEvent>();
        }

        Check(next);
        if (open.Count == DocumentJson.MaxDepth)
        {
            throw new YamlFaultException(next.Start, $"it has more than {DocumentJson.MaxDepth} levels.");
        }

        switch (next)
        {
            case MappingStart:
                _json.WriteStartObject();
                open.Push(new HashSet<string>(StringComparer.Ordinal));
                break;
            case SequenceStart:
                _json.WriteStartArray();
                open.Push(null);
                break;
            default:
                Write((Scalar)next);
                break;
        }
    }

    private void Close(ParsingEvent end, Stack<HashSet<string>?> open)
    {
        open.Pop();
        if (end is MappingEnd)
        {
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteEndArray();
        }
    }

    private void ReadKey(ParsingEvent next, HashSet<string> keys)
    {
        Check(next);
        if (next is not Scalar { Value: var key })
        {
            throw new YamlFaultException(next.Start, "keys must be texts.");
        }

        if (!keys.Add(key))
        {
            throw new YamlFaultException(next.Start, $"key \"{key}\" is there twice.");
        }

        _json.WritePropertyName(Whole(key, next));
    }

    private static void Check(ParsingEvent next)
    {
        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new YamlFaultException(next.Start, "anchors and aliases are not taken; write out what they stand for.");
        }

        if (next is NodeEvent { Tag.IsEmpty: false })
        {
            throw new YamlFaultException(next.Start, "tags are not taken.");
        }
    }

    private void Write(Scalar scalar)
    {
        string text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            _json.WriteStringValue(Whole(text, scalar));
        }
        else if (YamlScalars.IsNull(text))
        {
            _json.WriteNullValue();
        }
        else if (YamlScalars.IsTrue(text) || YamlScalars.IsFalse(text))
        {
            _json.WriteBooleanValue(YamlScalars.IsTrue(text));
        }
        else if (YamlScalars.IsJsonNumber(text))
        {
            _json.WriteRawValue(text);
        }
        else if (YamlScalars.IsOtherNumber(text))
        {
            throw new YamlFaultException(scalar.Start, $"{text} is a number that JSON does not have; write it as JSON does, or in quotes if it is a text.");
        }
        else
        {
            _json.WriteStringValue(Whole(text, scalar));
        }
    }

    /// <summary>Half of a surrogate pair is not text.</summary>
    private static string Whole(string text, ParsingEvent at)
    {
        ReadOnlySpan<char> rest = text;
        for (int i = rest.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0; i = rest.IndexOfAnyInRange('\ud800', '\udfff'))
        {
            if (!char.IsHighSurrogate(rest[i]) || i + 1 == rest.Length || !char.IsLowSurrogate(rest[i + 1]))
            {
                throw new YamlFaultException(at.Start, "it holds half of a surrogate pair, which is not text.");
            }

            rest = rest[(i + 2)..];
        }

        return text;
    }
}
