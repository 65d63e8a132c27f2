using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Dashboard.Models;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Live;

/// <summary>A list of definitions of the present environment, which can be sorted and of which those with a tag can be shown.</summary>
public abstract class DefinitionListPage : ListPage
{
    /// <summary>Only those with this tag.</summary>
    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    /// <summary>By which column; see <c>ListSort</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    private protected virtual DefinitionOrder OwnOrder => DefinitionOrder.Newest;

    /// <summary>Sorts by a column, or again in the list's own order.</summary>
    protected void SortBy(string? sort) => Go(("sort", sort));

    private protected DefinitionFilter FilterOf(EnvironmentDefinition environment) => new()
    {
        EnvironmentId = environment.Id,
        Search = Searched,
        Tag = string.IsNullOrEmpty(Tag) ? null : Tag,
        Order = ListSort.Parse(Sort, OwnOrder),
    };
}
