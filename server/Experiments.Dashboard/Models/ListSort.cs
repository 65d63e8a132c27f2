using Experiments.Control.Storage;

namespace Experiments.Dashboard.Models;

/// <summary>How a list is sorted, as the address says it: the name of a column, with a minus before it where it is from the end.</summary>
internal static class ListSort
{
    public const string Name = "name";
    public const string State = "state";
    public const string Updated = "updated";

    private const char Descending = '-';

    /// <summary>What is no sort is the list's own.</summary>
    public static DefinitionOrder Parse(string? sort, DefinitionOrder own) => ColumnOf(sort) switch
    {
        Name => new(DefinitionColumn.Name, IsDescending(sort)),
        State => new(DefinitionColumn.State, IsDescending(sort)),
        Updated => new(DefinitionColumn.Updated, IsDescending(sort)),
        _ => own,
    };

    /// <summary>What a click on a column's header makes of it: that column, then the other way round, then the list's own order.</summary>
    public static string? Next(string? sort, string column)
    {
        string first = column == Updated ? Descending + column : column;
        string second = column == Updated ? column : Descending + column;
        return sort == first ? second : sort == second ? null : first;
    }

    /// <summary>For <c>aria-sort</c>; null where the list is sorted by something else.</summary>
    public static string? AriaOf(string? sort, string column) =>
        ColumnOf(sort) != column ? null : IsDescending(sort) ? "descending" : "ascending";

    private static bool IsDescending(string? sort) => sort?.StartsWith(Descending) == true;

    private static string? ColumnOf(string? sort) => IsDescending(sort) ? sort![1..] : sort;
}
