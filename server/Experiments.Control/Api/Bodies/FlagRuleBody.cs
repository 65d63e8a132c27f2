using Experiments.Client.Targeting;

namespace Experiments.Control.Api.Bodies;

/// <summary>A rule of a flag, for the API document.</summary>
/// <param name="Serve">What it serves to those whom it holds for.</param>
/// <param name="Id">Of a rule that is there already: it keeps its buckets.</param>
/// <param name="Name">For people.</param>
/// <param name="AudienceId">Users have to be in it.</param>
/// <param name="TargetingRules">One of them has to hold as well.</param>
/// <param name="Schedule">When the rule is in effect.</param>
/// <param name="Prerequisites">All of them.</param>
internal sealed record FlagRuleBody(
    ServeBody Serve,
    Guid? Id = null,
    string? Name = null,
    Guid? AudienceId = null,
    TargetingRuleDocument[]? TargetingRules = null,
    ScheduleBody? Schedule = null,
    IReadOnlyList<PrerequisiteBody>? Prerequisites = null);
