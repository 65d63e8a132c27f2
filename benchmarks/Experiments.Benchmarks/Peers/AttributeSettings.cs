namespace Experiments.Benchmarks.Peers;

/// <summary>Parameters of the two filters, bound once.</summary>
internal sealed class AttributeSettings
{
    public string[] Allowed { get; set; } = [];
}
