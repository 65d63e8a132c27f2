using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Dashboard.Models;

/// <summary>A condition while it is edited; its operand is the text that was typed.</summary>
public sealed class ConditionModel
{
    private (string Operator, string Operand, JsonElement Value)? _stored;

    /// <summary>Tells it from the others while some are removed.</summary>
    [JsonIgnore]
    public Guid Key { get; } = Guid.NewGuid();

    /// <summary>Such as <c>country</c>.</summary>
    public string Attribute { get; set; } = "";

    /// <summary>The name of the operator on the wire.</summary>
    public string Operator { get; set; } = "in";

    /// <summary>As typed; texts that look like numbers are in quotes.</summary>
    public string Operand { get; set; } = "";

    /// <summary>Nothing was typed to compare with. What was stored without one may stay so.</summary>
    internal bool LacksOperand => Choice.Kind != OperandKind.Presence && string.IsNullOrWhiteSpace(Operand.Replace(',', ' ')) && !IsStored;

    /// <summary>Whether it is as it was stored.</summary>
    internal bool IsStored => _stored is { } stored && stored.Operator == Operator && stored.Operand == Operand;

    internal OperatorChoice Choice => OperatorChoices.Of(Operator);

    internal static ConditionModel Of(string attribute, string op, JsonElement value)
    {
        string operand = OperandText.Write(OperatorChoices.Of(op).Kind, value);
        return new ConditionModel { Attribute = attribute, Operator = op, Operand = operand, _stored = (op, operand, value) };
    }

    /// <summary>As it was stored where it was not touched: exactly, however it was written.</summary>
    internal JsonElement ToValue() => IsStored
        ? _stored!.Value.Value
        : OperandText.Read(Choice.Kind, Operand);
}
