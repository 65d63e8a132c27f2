namespace Experiments.Control.Api.Bodies;

/// <summary>When something is in effect by itself, for the API document.</summary>
/// <param name="From">Absent or null: from ever.</param>
/// <param name="Until">Not included. Absent or null: for ever.</param>
internal sealed record ScheduleBody(DateTimeOffset? From = null, DateTimeOffset? Until = null);
