using System.Text.Json;

namespace Experiments.Dashboard.Models;

/// <summary>A decision as code to copy.</summary>
internal static class TrySnippets
{
    /// <param name="baseUrl">Of the server, with a slash at the end.</param>
    /// <param name="environment">Its name.</param>
    /// <param name="userKey">Whose decision.</param>
    /// <param name="context">A JSON object.</param>
    /// <param name="key">Null for everything that is live.</param>
    /// <param name="version">A version, live or draft.</param>
    public static string Curl(string baseUrl, string environment, string userKey, string context, string? key, string version)
    {
        string rest = $"\"user_key\":{Text(userKey)},\"env\":{Text(environment)},\"context\":{context}";
        string body = key is null ? $"{{{rest}}}" : $"{{{rest},\"key\":{Text(key)},\"version\":{Text(version)}}}";
        return $"curl -s {baseUrl}api/{(key is null ? "decide" : "explain")} --json '{body.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <inheritdoc cref="Curl"/>
    public static string CSharp(string userKey, string context, string? key) =>
        (context == "{}" ? "var context = new DecisionContext();\n" : $"var context = new DecisionContext();\ncontext.SetJson(\"\"\"{context}\"\"\"u8);\n")
        + (key is null
            ? $"Decision[] decisions = new Decision[features.Count];\nint count = features.DecideAll({Text(userKey)}, decisions, context);"
            : $"Decision decision = features.Decide({Text(key)}, {Text(userKey)}, context);");

    /// <summary>In one line, with everything escaped that JSON allows to be; a JSON string is a C# string too.</summary>
    public static string Text(string value) => "\"" + JsonEncodedText.Encode(value) + "\"";

    /// <inheritdoc cref="Text"/>
    public static string OneLine(string json)
    {
        using var buffer = new MemoryStream();
        using (var document = JsonDocument.Parse(json))
        using (var writer = new Utf8JsonWriter(buffer))
        {
            document.RootElement.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
