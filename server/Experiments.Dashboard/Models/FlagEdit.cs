namespace Experiments.Dashboard.Models;

/// <summary>A flag while it is edited.</summary>
public sealed class FlagEdit
{
    /// <summary>For people.</summary>
    public string Name { get; set; } = "";

    /// <summary>For people; empty is none.</summary>
    public string Description { get; set; } = "";

    /// <summary>With commas between them.</summary>
    public string Tags { get; set; } = "";

    /// <summary>Name of the type on the wire.</summary>
    public string Type { get; set; } = "";

    /// <summary>Key of the variant while it is off; empty is the caller's fallback.</summary>
    public string Off { get; set; } = "";

    /// <summary>Key of the variant where no rule serves; empty is the caller's fallback.</summary>
    public string Default { get; set; } = "";

    /// <summary>A JSON Schema that every value has to fit; empty is none.</summary>
    public string Schema { get; set; } = "";

    /// <summary>In creation order.</summary>
    public List<FlagVariantEdit> Variants { get; init; } = [];

    /// <summary>In their order.</summary>
    public List<FlagRuleEdit> Rules { get; init; } = [];

    /// <summary>By user key.</summary>
    public List<OverrideEdit> Overrides { get; init; } = [];
}
