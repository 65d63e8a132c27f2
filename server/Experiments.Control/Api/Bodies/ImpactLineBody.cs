using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Control.Api.Bodies;

/// <summary>A line that <see cref="Explaining.ImpactContexts"/> reads, for the API document.</summary>
/// <param name="UserKey">Who is decided for.</param>
/// <param name="Context">A JSON object: what targeting looks at.</param>
internal sealed record ImpactLineBody([property: JsonPropertyName("user_key")] string UserKey, JsonElement? Context = null);
