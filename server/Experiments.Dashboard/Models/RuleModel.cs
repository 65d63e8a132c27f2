using System.Text.Json.Serialization;

namespace Experiments.Dashboard.Models;

/// <summary>A targeting rule while it is edited: all of its conditions have to hold.</summary>
public sealed class RuleModel
{
    /// <summary>Tells it from the others while their order changes.</summary>
    [JsonIgnore]
    public Guid Key { get; } = Guid.NewGuid();

    /// <summary>Joined by AND.</summary>
    public List<ConditionModel> Conditions { get; init; } = [];
}
