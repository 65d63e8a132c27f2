using System.Text.Json;

namespace Experiments.Cli.Api;

/// <summary>A successful answer.</summary>
/// <param name="Json">The body.</param>
/// <param name="ETag">As sent; null where there is none.</param>
/// <param name="Publish">What came of publishing.</param>
internal sealed record ApiAnswer(JsonElement Json, string? ETag, PublishNote Publish)
{
    /// <summary>Text member; empty where it is absent or no text.</summary>
    public string Text(string member) => Json.Text(member) ?? "";
}
