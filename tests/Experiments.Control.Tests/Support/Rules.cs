namespace Experiments.Control.Tests.Support;

/// <summary>Targeting rules as callers write them.</summary>
internal static class Rules
{
    public static object Country(string country) => Of("country", "eq", country);

    public static object Of(string attribute, string @operator, object? value) =>
        new[] { new { conditions = new[] { new { attribute, @operator, value } } } };
}
