using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>How many users a holdout keeps out, and of what.</summary>
internal static class HoldoutChanges
{
    public static string SummaryOf(HoldoutDefinition holdout)
    {
        string of = holdout.Tag is { } tag ? $"nothing tagged {TextList.Quote(tag)}" : "no experiment and no flag";
        return $": {ShareText.Of(holdout.Share)} of users get {of}";
    }

    public static void Add(ChangeScope scope, HoldoutDefinition before, HoldoutDefinition after)
    {
        if (before.Share != after.Share)
        {
            scope.Changed(
                "share", "share", ShareText.Of(before.Share), ShareText.Of(after.Share), ChangeJson.Of(before.Share), ChangeJson.Of(after.Share));
        }

        SimpleChanges.AddReference(scope, "tag", before.Tag == after.Tag, before.Tag, after.Tag);
        SimpleChanges.AddSalt(scope, "salt", before.Salt, after.Salt);
    }
}
