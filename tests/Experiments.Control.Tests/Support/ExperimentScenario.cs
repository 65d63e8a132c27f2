namespace Experiments.Control.Tests.Support;

/// <summary>Ids of what <see cref="ApiClient.CreateScenarioAsync"/> has created.</summary>
internal sealed record ExperimentScenario
{
    public required string EnvironmentId { get; init; }

    public required string EnvironmentName { get; init; }

    public required string? AudienceId { get; init; }

    public required string ExperimentId { get; init; }

    public required string Key { get; init; }

    public required string ControlId { get; init; }

    public required string TreatmentId { get; init; }

    public string Path => $"/experiments/{ExperimentId}";
}
