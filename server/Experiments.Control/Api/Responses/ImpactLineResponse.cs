using System.Text.Json.Serialization;

namespace Experiments.Control.Api.Responses;

/// <summary>A line of the answer to an impact: progress, and at the end a result or an error.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Result">The last line, where all went well.</param>
/// <param name="Error">The last line, where something is wrong with the line of the request that it names.</param>
internal sealed record ImpactLineResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImpactProgressResponse? Progress = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImpactResultResponse? Result = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);
