using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Experiments.Control.Explaining;

namespace Experiments.Control.Api.Requests;

/// <summary>A query string, read strictly: where the server's own parser repairs or merges what it cannot read, this refuses, for it
/// would answer for a user that nobody asked about. <c>+</c> is a space and percent-escapes are UTF-8, decoded once.</summary>
internal sealed class RawQuery
{
    private const int EscapeLength = 3;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public RawQuery(string? query)
    {
        foreach (string pair in (query ?? "").TrimStart('?').Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (Decode(equals < 0 ? pair : pair[..equals]) is not { } name)
            {
                continue;
            }

            string key = Encoding.UTF8.GetString(name);
            if (!_values.TryGetValue(key, out List<string>? values))
            {
                _values.Add(key, values = []);
            }

            values.Add(equals < 0 ? "" : pair[(equals + 1)..]);
        }
    }

    /// <summary>A value that must be there, once, and not empty.</summary>
    /// <exception cref="Microsoft.AspNetCore.Http.BadHttpRequestException">400, saying what is wrong.</exception>
    public string Text(string name)
    {
        if (!_values.ContainsKey(name))
        {
            throw JsonFields.Refuse(UserObject.Missing(name));
        }

        return TextOrNull(name) ?? throw JsonFields.Refuse(UserObject.Empty(name));
    }

    /// <summary>Null where it is absent or empty.</summary>
    /// <exception cref="Microsoft.AspNetCore.Http.BadHttpRequestException">400, saying what is wrong.</exception>
    public string? TextOrNull(string name) => BytesOrNull(name) is { } utf8 ? Encoding.UTF8.GetString(utf8) : null;

    /// <summary>The same in UTF-8.</summary>
    public byte[]? BytesOrNull(string name) => _values.GetValueOrDefault(name) switch
    {
        null or [""] => null,
        [var value] => Decode(value) ?? throw JsonFields.Refuse($"{name} has percent-escapes that are not UTF-8"),
        _ => throw JsonFields.Refuse(UserObject.Repeated(name)),
    };

    /// <summary>Null where an escape is malformed or the result is not UTF-8.</summary>
    private static byte[]? Decode(ReadOnlySpan<char> encoded)
    {
        byte[] utf8 = new byte[encoded.Length];
        int length = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            char unit = encoded[i];
            if (unit == '%')
            {
                if (encoded.Length - i < EscapeLength
                    || !byte.TryParse(encoded.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out utf8[length]))
                {
                    return null;
                }

                i += EscapeLength - 1;
            }
            else if (!char.IsAscii(unit))
            {
                return null;
            }
            else
            {
                utf8[length] = (byte)(unit == '+' ? ' ' : unit);
            }

            length++;
        }

        return Utf8.IsValid(utf8.AsSpan(0, length)) ? utf8[..length] : null;
    }
}
