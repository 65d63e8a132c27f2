namespace Experiments.Client.Sources;

/// <summary>First line of a last-good file.</summary>
internal sealed class LastGoodHeader
{
    public required string Location { get; init; }

    public required string Environment { get; init; }

    public required long Version { get; init; }

    public required string Sha256 { get; init; }
}
