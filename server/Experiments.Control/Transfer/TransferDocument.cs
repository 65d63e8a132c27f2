namespace Experiments.Control.Transfer;

/// <summary>
/// An environment as one document that people read, compare and edit: everything by name or key, nothing by id. What has its default is
/// left out; null is the default of every member that may be null.
/// </summary>
internal sealed record TransferDocument
{
    public const string CurrentFormat = "experiments/1";

    public string Format { get; init; } = CurrentFormat;

    /// <summary>Where it came from, for people: it may be applied to any environment.</summary>
    public string? Environment { get; init; }

    public IReadOnlyList<AudienceEntry>? Audiences { get; init; }

    public IReadOnlyList<LayerEntry>? Layers { get; init; }

    public IReadOnlyList<HoldoutEntry>? Holdouts { get; init; }

    public IReadOnlyList<ExperimentEntry>? Experiments { get; init; }

    public IReadOnlyList<FlagEntry>? Flags { get; init; }
}
