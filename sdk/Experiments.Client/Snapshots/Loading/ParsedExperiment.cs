namespace Experiments.Client.Snapshots.Loading;

/// <summary>An experiment as it decides for itself, and the flag that decides it where the format is 2.</summary>
internal struct ParsedExperiment
{
    public CompiledFlag Compiled;

    public string? FlagKey;

    public bool HasOddFlag;

    /// <summary>The outcome of those who are not in it.</summary>
    public int Missed;
}
