using Experiments.Client.Targeting;

namespace Experiments.Control.Api.Bodies;

/// <summary>What to change about an experiment, for the API document; what is absent stays.</summary>
/// <param name="Name">For people.</param>
/// <param name="Description">Null clears it.</param>
/// <param name="AudienceId">Null clears it.</param>
/// <param name="TargetingRules">All of them.</param>
/// <param name="Tags">All of them.</param>
/// <param name="Schedule">When it runs by itself, while its status is RUNNING; null clears it.</param>
/// <param name="Prerequisites">All of them.</param>
/// <param name="Unit">The attribute that is hashed; null is the user key. Changing it reassigns every user.</param>
/// <param name="Overrides">All of them.</param>
internal sealed record ExperimentChangeBody(
    string? Name = null,
    string? Description = null,
    Guid? AudienceId = null,
    TargetingRuleDocument[]? TargetingRules = null,
    IReadOnlyList<string>? Tags = null,
    ScheduleBody? Schedule = null,
    IReadOnlyList<PrerequisiteBody>? Prerequisites = null,
    string? Unit = null,
    IReadOnlyList<ExperimentOverrideBody>? Overrides = null);
