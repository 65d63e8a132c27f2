using System.Globalization;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Experiments.Control.Api.Requests;

/// <summary>Which page of a list: <c>?page=&amp;pageSize=</c>, both or neither.</summary>
internal readonly record struct PageQuery(int Page, int PageSize)
{
    public const int DefaultPageSize = 20;
    public const int MaxPageSize = 100;

    public PageRange Range => new((long)(Page - 1) * PageSize, PageSize);

    /// <exception cref="BadHttpRequestException">400: one without the other, not an integer, or out of range.</exception>
    public static PageQuery Read(IQueryCollection query)
    {
        int? page = ReadNumber(query, "page", int.MaxValue);
        int? pageSize = ReadNumber(query, "pageSize", MaxPageSize);
        return (page, pageSize) switch
        {
            (null, null) => new PageQuery(1, DefaultPageSize),
            ({ } number, { } size) => new PageQuery(number, size),
            _ => throw JsonFields.Refuse("page and pageSize go together; one of them is missing."),
        };
    }

    /// <summary>The one value of a parameter; null where it is absent.</summary>
    public static string? ReadText(IQueryCollection query, string name) => query.TryGetValue(name, out StringValues values)
        ? values.Count == 1 ? values[0] : throw JsonFields.Refuse($"{name} is given {values.Count} times; once is enough.")
        : null;

    /// <summary>Null where it is absent.</summary>
    public static DateTimeOffset? ReadTime(IQueryCollection query, string name) => ReadText(query, name) is not { } text ? null
        : JsonFields.ParseTime(text) ?? throw JsonFields.Refuse($"{name} must be a time as RFC 3339 writes it, not \"{text}\".");

    /// <summary>Null where it is absent.</summary>
    public static bool? ReadBoolean(IQueryCollection query, string name) => ReadText(query, name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw JsonFields.Refuse($"{name} must be true or false, not \"{text}\"."),
    };

    private static int? ReadNumber(IQueryCollection query, string name, int max) => ReadText(query, name) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max
            ? number
            : throw JsonFields.Refuse($"{name} must be an integer from 1 to {max}, not \"{text}\".");
}
