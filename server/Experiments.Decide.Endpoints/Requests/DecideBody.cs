using System.Text.Json;
using System.Text.Unicode;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Decide.Endpoints.Requests;

/// <summary>Reads <c>{"user_key", "env", "context", "include"}</c>. Other members are ignored, whatever they hold.</summary>
internal ref struct DecideBody
{
    private string? _userKey;
    private string? _environment;
    private ReadOnlySpan<byte> _context;
    private bool _hasInclude;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> body, DecideRequest request)
    {
        if (body.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        if (!Utf8.IsValid(body))
        {
            return "The body is not valid UTF-8";
        }

        var read = default(DecideBody);
        try
        {
            return read.ReadMembers(body, request) ?? read.Finish(request);
        }
        catch (JsonException exception)
        {
            return body.IsEmpty
                ? "The body is empty"
                : $"The body is not valid JSON: see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        }
    }

    private string? ReadMembers(ReadOnlySpan<byte> body, DecideRequest request)
    {
        // Members that are ignored may nest as deep as they like; the context is checked on its own.
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Math.Max(1, body.Length) });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return "The body is not a JSON object";
        }

        string? fault = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = JsonText.Read(ref reader);
            reader.Read();
            fault ??= name switch
            {
                DecideMembers.UserKey => ReadText(ref reader, name, ref _userKey),
                DecideMembers.Environment => ReadText(ref reader, name, ref _environment),
                DecideMembers.Context => ReadContext(ref reader, body),
                DecideMembers.Include => ReadInclude(ref reader, request),
                _ => null,
            };
            reader.Skip();
        }

        // What follows the object; anything but blanks is malformed.
        reader.Read();
        return fault;
    }

    private static string? ReadText(ref Utf8JsonReader reader, string name, ref string? text)
    {
        if (text is not null)
        {
            return DecideMembers.Repeated(name);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return $"{name} must be a string";
        }

        text = JsonText.Read(ref reader);
        return text.Length == 0 ? DecideMembers.Empty(name) : null;
    }

    private string? ReadContext(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (!_context.IsEmpty)
        {
            return DecideMembers.Repeated(DecideMembers.Context);
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        _context = body[start..(int)reader.BytesConsumed];
        return null;
    }

    private string? ReadInclude(ref Utf8JsonReader reader, DecideRequest request)
    {
        if (_hasInclude)
        {
            return DecideMembers.Repeated(DecideMembers.Include);
        }

        _hasInclude = true;
        return DecideInclude.ReadJson(ref reader, request);
    }

    private readonly string? Finish(DecideRequest request)
    {
        if (_userKey is null)
        {
            return DecideMembers.Missing(DecideMembers.UserKey);
        }

        if (_environment is null)
        {
            return DecideMembers.Missing(DecideMembers.Environment);
        }

        request.UserKey = _userKey;
        request.Environment = _environment;
        return _context.IsEmpty ? null : DecideMembers.ReadContext(request, _context);
    }
}
