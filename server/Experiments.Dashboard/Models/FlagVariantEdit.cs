namespace Experiments.Dashboard.Models;

/// <summary>A variant of a flag while it is edited.</summary>
public sealed class FlagVariantEdit
{
    /// <summary>Unique in the flag.</summary>
    public string Key { get; set; } = "";

    /// <summary>For people; empty is none.</summary>
    public string Name { get; set; } = "";

    /// <summary>JSON, or the text itself where the flag is of texts.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether its key is stored: such a key does not change.</summary>
    public bool IsStored { get; init; }
}
