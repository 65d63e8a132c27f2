using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Client.Targeting;

/// <summary>A condition on the wire.</summary>
internal sealed class ConditionDocument
{
    public required string Attribute { get; init; }

    public required string Operator { get; init; }

    /// <summary>The operand; <see cref="JsonValueKind.Undefined"/> where the member is absent, which is not the same as null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Value { get; init; }
}
