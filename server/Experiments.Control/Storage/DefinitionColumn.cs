namespace Experiments.Control.Storage;

/// <summary>What a list of definitions can be ordered by.</summary>
internal enum DefinitionColumn
{
    Created,

    /// <summary>The name for people, in any case.</summary>
    Name,

    /// <summary>Of experiments their status in the order of its lifecycle; of flags on, off, archived.</summary>
    State,

    /// <summary>When it was changed last.</summary>
    Updated,
}
