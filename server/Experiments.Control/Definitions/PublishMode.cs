namespace Experiments.Control.Definitions;

/// <summary>When changes of an environment go live.</summary>
internal enum PublishMode
{
    /// <summary>Each by itself.</summary>
    Auto,

    /// <summary>When somebody says so.</summary>
    Manual,
}
