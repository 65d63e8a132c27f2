using Experiments.Client.Targeting;

namespace Experiments.Control.Api.Bodies;

/// <summary>A rule to add to a flag, for the API document.</summary>
/// <param name="Serve">What it serves to those whom it holds for.</param>
/// <param name="Index">Before which rule; absent is after all.</param>
/// <param name="Name">For people.</param>
/// <param name="AudienceId">Users have to be in it.</param>
/// <param name="TargetingRules">One of them has to hold as well.</param>
/// <param name="Schedule">When the rule is in effect.</param>
/// <param name="Prerequisites">All of them.</param>
internal sealed record NewFlagRuleBody(
    ServeBody Serve,
    int? Index = null,
    string? Name = null,
    Guid? AudienceId = null,
    TargetingRuleDocument[]? TargetingRules = null,
    ScheduleBody? Schedule = null,
    IReadOnlyList<PrerequisiteBody>? Prerequisites = null);
