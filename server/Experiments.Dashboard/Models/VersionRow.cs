using Experiments.Control.Storage;

namespace Experiments.Dashboard.Models;

/// <summary>A version of an environment as lists show it.</summary>
internal sealed record VersionRow(PublicationRecord Publication, bool IsLive)
{
    public long Version => Publication.Version;

    public DateTimeOffset At => Publication.PublishedAt ?? Publication.ClaimedAt;

    public string Status => IsLive ? "live" : Publication.Status.ToString().ToLowerInvariant();

    public string Counts =>
        $"{Count(Publication.FlagCount, "flag")}, {Count(Publication.ExperimentCount, "experiment")}";

    private static string Count(int number, string name) => number == 1 ? $"1 {name}" : FormattableString.Invariant($"{number:n0} {name}s");
}
