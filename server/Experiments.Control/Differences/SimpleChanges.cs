using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Changes of members that flags, experiments, layers and rules have in common.</summary>
internal static class SimpleChanges
{
    public static void AddRename(ChangeScope scope, string path, string before, string after)
    {
        if (before != after)
        {
            scope.Changed(path, $"renamed from {TextList.Quote(before)}", ChangeJson.Of(before), ChangeJson.Of(after));
        }
    }

    /// <summary>Salts are given once; one that differs came with an import.</summary>
    public static void AddSalt(ChangeScope scope, string path, string before, string after)
    {
        if (before != after)
        {
            scope.Changed(path, "salt changed, which assigns every user anew", ChangeJson.Of(before), ChangeJson.Of(after));
        }
    }

    public static void AddUnit(ChangeScope scope, string path, string? before, string? after)
    {
        if (before != after)
        {
            scope.Changed(path, "unit", UnitOf(before), UnitOf(after), ChangeJson.Of(before), ChangeJson.Of(after));
        }
    }

    /// <param name="scope">Of what refers to it.</param>
    /// <param name="name">What it is called, and its path.</param>
    /// <param name="isSame">Whether both references name the same thing.</param>
    /// <param name="before">Its name; null for none.</param>
    /// <param name="after">Its name; null for none.</param>
    /// <param name="path">Where it is not the name.</param>
    public static void AddReference(ChangeScope scope, string name, bool isSame, string? before, string? after, string? path = null)
    {
        if (!isSame)
        {
            scope.Changed(path ?? name, name, NameOf(before), NameOf(after), ChangeJson.Of(before), ChangeJson.Of(after));
        }
    }

    public static void AddSchedule(ChangeScope scope, ScheduleDefinition? before, ScheduleDefinition? after)
    {
        if (before?.From != after?.From || before?.Until != after?.Until)
        {
            scope.Changed(
                "schedule", "schedule", ScheduleText.Of(before), ScheduleText.Of(after),
                ChangeJson.Of(PartJson.Of(before)), ChangeJson.Of(PartJson.Of(after)));
        }
    }

    public static void AddTags(ChangeScope scope, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (before.SequenceEqual(after, StringComparer.Ordinal))
        {
            return;
        }

        string[] parts =
        [
            .. after.Except(before, StringComparer.Ordinal).Select(static tag => $"{TextList.Quote(tag)} added"),
            .. before.Except(after, StringComparer.Ordinal).Select(static tag => $"{TextList.Quote(tag)} removed"),
        ];
        if (parts.Length > 0)
        {
            string text = $"tags {TextList.Join(parts, ", ")}";
            scope.Changed("tags", text, ChangeJson.Of(ChangeJson.Array(before)), ChangeJson.Of(ChangeJson.Array(after)));
        }
    }

    private static string NameOf(string? name) => name is null ? "none" : TextList.Quote(name);

    private static string UnitOf(string? unit) => unit is null ? "user key" : TextList.Quote(unit);
}
