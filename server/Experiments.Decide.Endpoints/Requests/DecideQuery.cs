namespace Experiments.Decide.Endpoints.Requests;

/// <summary>Reads <c>?user_key=&amp;env=&amp;context=&amp;include=</c>, raw: a parser that repairs or merges what it cannot read would decide for a
/// user that nobody asked about.</summary>
internal ref struct DecideQuery
{
    private const int MaxNameLength = 64;

    private QueryValue _userKey;
    private QueryValue _environment;
    private QueryValue _context;
    private QueryValue _include;

    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Read(ReadOnlySpan<char> query, DecideRequest request)
    {
        var read = default(DecideQuery);
        read.Split(query.TrimStart('?'));
        return read.Decode(request);
    }

    private void Split(ReadOnlySpan<char> query)
    {
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? pair : pair[..equals];
            ReadOnlySpan<char> value = equals < 0 ? [] : pair[(equals + 1)..];
            Add(name, value);
        }
    }

    private void Add(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case DecideMembers.UserKey:
                _userKey.Add(value);
                break;
            case DecideMembers.Environment:
                _environment.Add(value);
                break;
            case DecideMembers.Context:
                _context.Add(value);
                break;
            case DecideMembers.Include:
                _include.Add(value);
                break;
            default:
                if (name.Contains('%') && name.Length <= MaxNameLength
                    && PercentDecoding.Decode(name, stackalloc byte[MaxNameLength]) is { } decoded && !decoded.Contains('%', StringComparison.Ordinal))
                {
                    Add(decoded, value);
                }

                break;
        }
    }

    private readonly string? Decode(DecideRequest request)
    {
        if (_userKey.Fault(DecideMembers.UserKey) is { } userKeyFault)
        {
            return userKeyFault;
        }

        if (_environment.Fault(DecideMembers.Environment) is { } environmentFault)
        {
            return environmentFault;
        }

        byte[] buffer = request.Reserve(Math.Max(_userKey.Text.Length, Math.Max(_environment.Text.Length, _context.Text.Length)));
        if (PercentDecoding.Decode(_userKey.Text, buffer) is not { } userKey)
        {
            return NotUtf8(DecideMembers.UserKey);
        }

        if (PercentDecoding.Decode(_environment.Text, buffer) is not { } environment)
        {
            return NotUtf8(DecideMembers.Environment);
        }

        request.UserKey = userKey;
        request.Environment = environment;
        return DecodeContext(request, buffer) ?? DecodeInclude(request);
    }

    private readonly string? DecodeContext(DecideRequest request, byte[] buffer)
    {
        if (_context.Count > 1)
        {
            return DecideMembers.Repeated(DecideMembers.Context);
        }

        // An empty one counts as absent.
        if (_context.Text.IsEmpty)
        {
            return null;
        }

        return PercentDecoding.TryDecode(_context.Text, buffer, out int length)
            ? DecideMembers.ReadContext(request, buffer.AsSpan(0, length))
            : NotUtf8(DecideMembers.Context);
    }

    private readonly string? DecodeInclude(DecideRequest request)
    {
        if (_include.Count > 1)
        {
            return DecideMembers.Repeated(DecideMembers.Include);
        }

        if (_include.Text.IsEmpty)
        {
            return null;
        }

        return PercentDecoding.Decode(_include.Text, request.Reserve(_include.Text.Length)) is { } names
            ? DecideInclude.ReadList(names, request)
            : NotUtf8(DecideMembers.Include);
    }

    private static string NotUtf8(string name) => $"{name} has percent-escapes that are not UTF-8";
}
