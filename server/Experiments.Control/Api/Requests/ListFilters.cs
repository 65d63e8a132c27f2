using Experiments.Control.Storage;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api.Requests;

/// <summary>Which flags or experiments of a list a request asks for.</summary>
internal static class ListFilters
{
    /// <exception cref="BadHttpRequestException">400: a value that cannot be read, or one parameter twice.</exception>
    public static DefinitionFilter Read(IQueryCollection query) => new()
    {
        EnvironmentId = PageQuery.ReadText(query, "environmentId") is { } id ? RequestReaders.ParseId(id) : null,
        Tag = PageQuery.ReadText(query, "tag"),
        Search = PageQuery.ReadText(query, "search"),
        IsArchived = PageQuery.ReadBoolean(query, "archived"),
    };
}
