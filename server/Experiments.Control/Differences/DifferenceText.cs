using System.Text;

namespace Experiments.Control.Differences;

/// <summary>All changes as lines of text, with those of one resource together.</summary>
internal static class DifferenceText
{
    /// <summary>Lines end in a line feed, except for the last. The first line counts resources, however much of each changed.</summary>
    public static string Of(IReadOnlyList<Change> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0)
        {
            return "No changes.";
        }

        Change[][] resources =
            [.. changes.GroupBy(static change => (change.Kind, change.Id, change.Action)).Select(static group => group.ToArray())];
        var text = new StringBuilder(CountsOf(resources));
        foreach (Change[] resource in resources)
        {
            Append(text, resource);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Change[] resource)
    {
        if (resource is [{ Text: var only }])
        {
            text.Append('\n').Append(only);
            return;
        }

        string title = ChangeWords.TitleOf(resource[0].Kind, resource[0].Key) + ":";
        text.Append('\n').Append(title);
        foreach (Change change in resource)
        {
            text.Append("\n  ").Append(change.Text.AsSpan(title.Length + 1));
        }
    }

    private static string CountsOf(Change[][] resources)
    {
        IEnumerable<string> kinds = resources.GroupBy(static resource => resource[0].Kind).Select(static kind => string.Join(
            ", ",
            kind.GroupBy(static resource => resource[0].Action).OrderBy(static action => action.Key).Select(
                (action, index) => $"{NumberOf(kind.Key, action.Count(), index)} {WordOf(action.Key)}")));
        return $"{FlagWords.Count(resources.Length, "change")}: {string.Join("; ", kinds)}.";
    }

    private static string NumberOf(ChangeKind kind, int count, int index) =>
        index == 0 ? ChangeWords.Count(count, kind) : TextList.Number(count);

    private static string WordOf(ChangeAction action) => action switch
    {
        ChangeAction.Added => "added",
        ChangeAction.Removed => "removed",
        _ => "changed",
    };
}
