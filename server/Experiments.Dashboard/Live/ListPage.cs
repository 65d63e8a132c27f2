using Experiments.Control.Storage;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Live;

/// <summary>A page with a list that is searched and paged, which the address says: so a reload, a link and the way back show the same.</summary>
public abstract class ListPage : LivePage
{
    /// <summary>Items on a page.</summary>
    protected const int PageSize = 25;

    // Typed and on the way to the address: the field is ahead of it until then.
    private readonly List<string> _underWay = [];
    private int _reads;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    /// <summary>What is searched for.</summary>
    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    /// <summary>From 1.</summary>
    [SupplyParameterFromQuery]
    public int? Page { get; set; }

    /// <summary>What the search field holds.</summary>
    protected string Text { get; private set; } = "";

    /// <summary>The page that is shown: the last one where the address names one that is not there any more.</summary>
    protected int ShownPage { get; private set; } = 1;

    /// <inheritdoc/>
    protected override bool IsOfOneEnvironment => true;

    /// <summary>Null where nothing is searched for.</summary>
    protected string? Searched => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        int arrived = _underWay.IndexOf(Search ?? "");
        if (arrived >= 0)
        {
            _underWay.RemoveRange(0, arrived + 1);
        }
        else if (_underWay.Count == 0)
        {
            Text = Search ?? "";
        }

        return base.OnParametersSetAsync();
    }

    /// <summary>Searches for what was typed.</summary>
    protected void Type(string? text)
    {
        Text = text ?? "";
        _underWay.Add(Text);
        Go(isReplaced: true, ("search", Text));
    }

    /// <summary>Shows another page of the list.</summary>
    protected void Turn(int page) => Go(isReplaced: false, ("page", page > 1 ? page : null));

    /// <summary>Changes the address, from which everything else follows; the first page is shown unless another one is named.</summary>
    protected void Go(params (string Name, object? Value)[] changes) => Go(isReplaced: false, changes);

    /// <summary>The page that the address names.</summary>
    /// <returns>Null where something else is asked for by now.</returns>
    private protected async Task<StorePage<T>?> ReadPageAsync<T>(Func<PageRange, Task<StorePage<T>>> list)
    {
        int read = ++_reads;
        int number = Math.Max(1, Page ?? 1);
        StorePage<T> page = await list(RangeOf(number));
        if (page.Items.Count == 0 && page.Total > 0)
        {
            number = (int)((page.Total - 1) / PageSize) + 1;
            page = await list(RangeOf(number));
        }

        if (read != _reads)
        {
            return null;
        }

        ShownPage = number;
        return page;
    }

    private static PageRange RangeOf(int page) => new((page - 1L) * PageSize, PageSize);

    private void Go(bool isReplaced, params (string Name, object? Value)[] changes)
    {
        // "new" opened a form once; it is not to open it again.
        Dictionary<string, object?> query = new(StringComparer.Ordinal) { ["page"] = null, ["new"] = null };
        foreach ((string name, object? value) in changes)
        {
            query[name] = value is "" ? null : value;
        }

        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query), replace: isReplaced);
    }
}
