using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Explaining;
using Experiments.Control.Versions;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api.Requests;

/// <summary>Reads what <c>/explain</c> is asked, with the rules and words of <c>/decide</c>.</summary>
internal static class ExplainRequests
{
    private const string Environment = "env";
    private const string Key = "key";

    // The first ones must be there; the last one may be.
    private static readonly string[] s_names = [UserObject.UserKey, Environment, Key, UserObject.Version];

    /// <exception cref="BadHttpRequestException">400, saying what is wrong.</exception>
    public static ExplainRequest ReadQuery(HttpRequest request)
    {
        var query = new RawQuery(request.QueryString.Value);
        return new ExplainRequest
        {
            UserKey = query.Text(UserObject.UserKey),
            Environment = query.Text(Environment),
            Key = query.Text(Key),
            Context = ReadContext(query.BytesOrNull(UserObject.Context)),
            Place = ReadPlace(query.TextOrNull(UserObject.Version)),
        };
    }

    /// <exception cref="BadHttpRequestException">400, 413 or 415, saying what is wrong.</exception>
    public static async Task<ExplainRequest> ReadBodyAsync(HttpRequest request)
    {
        byte[] body = await JsonBody.ReadBytesAsync(request);
        string?[] texts = new string?[s_names.Length];
        var context = new DecisionContext();
        if (UserObject.Read(body, "The body", s_names, texts, context) is { } fault)
        {
            throw JsonFields.Refuse(fault);
        }

        int missing = Array.IndexOf(texts, null, 0, texts.Length - 1);
        return missing >= 0 ? throw JsonFields.Refuse(UserObject.Missing(s_names[missing])) : new ExplainRequest
        {
            UserKey = texts[0]!,
            Environment = texts[1]!,
            Key = texts[2]!,
            Context = context,
            Place = ReadPlace(texts[3]),
        };
    }

    private static DecisionContext ReadContext(byte[]? utf8Json)
    {
        var context = new DecisionContext();
        try
        {
            return utf8Json is null ? context : context.SetJson(utf8Json);
        }
        catch (JsonException)
        {
            throw JsonFields.Refuse(UserObject.InvalidContext);
        }
    }

    private static ContentPlace ReadPlace(string? text) => text is null ? ContentPlace.Live
        : ContentPlace.TryParse(text, out ContentPlace place) ? place
        : throw JsonFields.Refuse($"version must be a version, live or draft, not \"{text}\"");
}
