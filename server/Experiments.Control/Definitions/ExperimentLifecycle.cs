namespace Experiments.Control.Definitions;

/// <summary>The statuses by their names on the wire, and which may follow which.</summary>
internal static class ExperimentLifecycle
{
    private static readonly string[] Names = ["DRAFT", "RUNNING", "PAUSED", "ARCHIVED"];

    /// <summary>For messages.</summary>
    public static string AllNames => string.Join(", ", Names);

    public static string NameOf(ExperimentStatus status) => Names[(int)status];

    public static bool TryParse(string name, out ExperimentStatus status)
    {
        int index = Array.IndexOf(Names, name);
        status = (ExperimentStatus)Math.Max(index, 0);
        return index >= 0;
    }

    public static bool CanFollow(ExperimentStatus from, ExperimentStatus to) => (from, to) switch
    {
        (ExperimentStatus.Draft, ExperimentStatus.Running or ExperimentStatus.Archived) => true,
        (ExperimentStatus.Running, ExperimentStatus.Paused or ExperimentStatus.Archived) => true,
        (ExperimentStatus.Paused, ExperimentStatus.Running or ExperimentStatus.Archived) => true,
        _ => false,
    };
}
