namespace Experiments.Dashboard.Models;

/// <summary>A step of a ramp while it is edited.</summary>
public sealed class RampStepEdit
{
    /// <summary>In UTC, as a browser's field of a time writes it.</summary>
    public string At { get; set; } = "";

    /// <summary>In percent.</summary>
    public string Coverage { get; set; } = "";
}
