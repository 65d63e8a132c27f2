using System.Globalization;
using System.Text.Json;

namespace Experiments.Control.Tests.Support;

/// <summary>Members of answers: design.md, "Shapes".</summary>
internal static class Shapes
{
    public static readonly string[] Environment = ["id", "name", "createdAt", "updatedAt"];

    public static readonly string[] Audience = ["id", "name", "environmentId", "environment", "rules", "createdAt", "updatedAt"];

    public static readonly string[] Variant = ["id", "key", "name", "payload", "experimentId"];

    public static readonly string[] Allocation = ["id", "variantId", "rangeStart", "rangeEnd", "experimentId"];

    public static readonly string[] Experiment =
    [
        "id", "key", "name", "description", "salt", "status", "environmentId", "environment", "audienceId", "audience", "targetingRules",
        "variants", "allocations", "createdAt", "updatedAt",
    ];

    public static void AssertMembers(string[] expected, JsonElement actual) =>
        Assert.Equal(expected, actual.EnumerateObject().Select(member => member.Name));

    public static void AssertUuid(JsonElement id) => Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id.GetString());

    /// <summary>ISO 8601, UTC, exactly three digits of a second.</summary>
    public static DateTimeOffset AssertTime(JsonElement time)
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", time.GetString());
        return DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture);
    }

    public static void AssertEqual(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"Expected {expected}{System.Environment.NewLine}but got {actual}");

    /// <summary>The values of one member of the items of a list.</summary>
    public static string[] Column(JsonElement items, string member) =>
        [.. items.EnumerateArray().Select(item => item.GetProperty(member).ToString())];
}
