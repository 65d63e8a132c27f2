namespace Experiments.Control.Api.Responses;

/// <summary>Which page this is, and how many there are.</summary>
internal sealed record PaginationResponse(int Page, int PageSize, long Total, long TotalPages);
