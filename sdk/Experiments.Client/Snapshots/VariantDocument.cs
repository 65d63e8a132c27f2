using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Client.Snapshots;

/// <summary>A variant on the wire.</summary>
internal sealed class VariantDocument
{
    public required string Id { get; init; }

    public required string Key { get; init; }

    /// <summary><see cref="JsonValueKind.Undefined"/> where the member is absent: <c>/decide</c> answers null as null and absent as absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Payload { get; init; }
}
