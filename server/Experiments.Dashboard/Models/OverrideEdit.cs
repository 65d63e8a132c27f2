namespace Experiments.Dashboard.Models;

/// <summary>A variant set by hand for one user, or a variant that another flag has to serve.</summary>
public sealed class OverrideEdit
{
    /// <summary>The user key, or the key of the other flag.</summary>
    public string Subject { get; set; } = "";

    /// <summary>A key; of a prerequisite several with commas between them.</summary>
    public string Variant { get; set; } = "";
}
