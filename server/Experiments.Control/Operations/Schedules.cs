using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>Which schedules make sense.</summary>
internal static class Schedules
{
    /// <summary>Null, or what is wrong.</summary>
    public static DomainError? Check(string path, ScheduleDefinition? schedule) => schedule is { From: { } from, Until: { } until } && until <= from
        ? Errors.Invalid($"{path}.until", $"must be later than from, {UtcTime.Write(from)}; a schedule that ends before it starts serves nobody")
        : null;
}
