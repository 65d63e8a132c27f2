using System.Text.Json;

namespace Experiments.Cli.Input;

/// <summary>Reads <c>--context</c>: a JSON object, or <c>@FILE</c> that holds one.</summary>
internal static class ContextInput
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    /// <returns>The JSON; null where there is none.</returns>
    /// <exception cref="CliException">It is no JSON object.</exception>
    public static async Task<JsonElement?> ReadAsync(string? text, CancellationToken cancellation)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            JsonElement json = text.StartsWith('@')
                ? JsonElement.Parse((await InputFile.ReadAsync(text[1..], cancellation)).Span, s_options)
                : JsonElement.Parse(text, s_options);
            return json.ValueKind == JsonValueKind.Object
                ? json
                : throw CliException.Usage("--context must be a JSON object, such as {\"country\":\"US\"}");
        }
        catch (JsonException exception)
        {
            throw new CliException(ExitCode.Usage, $"--context is not valid JSON: {exception.Message}", exception);
        }
    }
}
