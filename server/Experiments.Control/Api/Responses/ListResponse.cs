using Experiments.Control.Api.Requests;
using Experiments.Control.Storage;

namespace Experiments.Control.Api.Responses;

/// <summary>A page of a list.</summary>
internal sealed record ListResponse<T>(IReadOnlyList<T> Data, PaginationResponse Pagination)
{
    public static ListResponse<T> From<TItem>(StorePage<TItem> page, PageQuery query, Func<TItem, T> convert) => new(
        [.. page.Items.Select(convert)],
        new PaginationResponse(query.Page, query.PageSize, page.Total, (page.Total + query.PageSize - 1) / query.PageSize));
}
