using System.Text.Json.Serialization;

namespace Experiments.Dashboard.Models;

/// <summary>A rule of a flag while it is edited.</summary>
public sealed class FlagRuleEdit
{
    /// <summary>Tells it from the others while their order changes.</summary>
    [JsonIgnore]
    public Guid Key { get; } = Guid.NewGuid();

    /// <summary>Null while it is not stored.</summary>
    public Guid? Id { get; set; }

    /// <summary>Empty is none.</summary>
    public string Name { get; set; } = "";

    /// <summary>A name; empty is everyone.</summary>
    public string Audience { get; set; } = "";

    /// <summary>None is everyone.</summary>
    public List<RuleModel> Targeting { get; init; } = [];

    /// <summary>Empty is none; in UTC.</summary>
    public string From { get; set; } = "";

    /// <summary>Empty is none; in UTC.</summary>
    public string Until { get; set; } = "";

    /// <summary>All of them have to hold.</summary>
    public List<OverrideEdit> Prerequisites { get; init; } = [];

    /// <summary>variant, split, experiment or fallback.</summary>
    public string Serves { get; set; } = "variant";

    /// <summary>A key.</summary>
    public string Variant { get; set; } = "";

    /// <summary>A key; empty is none.</summary>
    public string Experiment { get; set; } = "";

    /// <summary>By the variants' keys; empty is not in the split.</summary>
    public Dictionary<string, string> Weights { get; init; } = [];

    /// <summary>In percent.</summary>
    public string Coverage { get; set; } = "100";

    /// <summary>By time.</summary>
    public List<RampStepEdit> Ramp { get; init; } = [];

    /// <summary>In buckets; all of them where no share was typed.</summary>
    internal int CoverageBuckets => (int)((Shares.Parse(Coverage) ?? 1) * BarPart.Buckets);

    /// <summary>Steps that can be read, by time.</summary>
    internal IReadOnlyList<RampPoint> RampPoints =>
    [
        .. Ramp.Select(static step => (At: FlagEdits.TimeOf(step.At), Share: Shares.Parse(step.Coverage)))
            .Where(static step => step is { At: not null, Share: not null })
            .Select(static step => new RampPoint(step.At!.Value, step.Share!.Value)).OrderBy(static step => step.At),
    ];

    /// <summary>Empty is none.</summary>
    public string LayerId { get; set; } = "";

    /// <summary>An attribute; empty is the user key.</summary>
    public string Unit { get; set; } = "";
}
