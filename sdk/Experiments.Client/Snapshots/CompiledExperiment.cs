namespace Experiments.Client.Snapshots;

/// <summary>An experiment, ready to decide.</summary>
internal sealed class CompiledExperiment
{
    public required string Key { get; init; }

    /// <summary>Where its rules start in the snapshot's targeting program.</summary>
    public required int Entry { get; init; }

    /// <summary>UTF-8 of what is hashed after the user key and the colon.</summary>
    public required byte[] Salt { get; init; }

    public required CompiledSplit Split { get; init; }

    /// <summary>For users whom targeting leaves out.</summary>
    public required Decision Default { get; init; }
}
