using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Control.Api.Bodies;

/// <summary>What <see cref="Requests.ExplainRequests"/> reads from a body, for the API document.</summary>
/// <param name="Env">Name of the environment.</param>
/// <param name="UserKey">Whose decision it is.</param>
/// <param name="Key">Of the flag or experiment.</param>
/// <param name="Context">A JSON object: what targeting looks at.</param>
/// <param name="Version">A version, live or draft. Default live.</param>
internal sealed record ExplainBody(
    string Env, [property: JsonPropertyName("user_key")] string UserKey, string Key, JsonElement? Context = null, string? Version = null);
