namespace Experiments.Control.Differences;

/// <summary>What kinds of resources are called.</summary>
internal static class ChangeWords
{
    private static readonly string[] Titles = ["Audience", "Experiment", "Flag", "Layer", "Holdout"];
    private static readonly string[] Names = ["audience", "experiment", "flag", "layer", "holdout"];

    /// <summary>At the start of a sentence: <c>Flag "new-nav"</c>.</summary>
    public static string TitleOf(ChangeKind kind, string key) => $"{Titles[(int)kind]} {TextList.Quote(key)}";

    public static string Count(int count, ChangeKind kind) => $"{TextList.Number(count)} {Names[(int)kind]}{(count == 1 ? "" : "s")}";
}
