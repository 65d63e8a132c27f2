using System.Globalization;
using System.Text.Json;
using Experiments.Client.Targeting;

namespace Experiments.Control.Differences;

/// <summary>A condition in plain language: <c>age is greater than 18</c>.</summary>
internal static class ConditionText
{
    public static string Of(ConditionDocument condition) => $"{Attribute(condition.Attribute)} {Test(condition)}";

    /// <summary>In quotes only where it could be taken for other words.</summary>
    public static string Attribute(string name) =>
        name.Length > 0 && name.All(static c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-') ? TextList.Cut(name) : TextList.Quote(name);

    private static string Test(ConditionDocument condition)
    {
        JsonElement value = condition.Value;
        return OperatorNames.Parse(condition.Operator) switch
        {
            Operator.Equal => $"is {ValueText.Of(value)}",
            Operator.NotEqual => $"is not {ValueText.Of(value)}",
            Operator.In => OneOf("is", "is one of", value),
            Operator.NotIn => OneOf("is not", "is none of", value),
            Operator.Contains => $"contains {ValueText.Of(value)}",
            Operator.Greater => $"is greater than {ValueText.Of(value)}",
            Operator.Less => $"is less than {ValueText.Of(value)}",
            Operator.GreaterOrEqual => $"is at least {ValueText.Of(value)}",
            Operator.LessOrEqual => $"is at most {ValueText.Of(value)}",
            Operator.StartsWith => $"starts with {Any(value)}",
            Operator.EndsWith => $"ends with {Any(value)}",
            Operator.Matches => $"matches {ValueText.Of(value)}",
            Operator.VersionEqual => $"is version {Bare(value)}",
            Operator.VersionGreater => $"is later than version {Bare(value)}",
            Operator.VersionGreaterOrEqual => $"is version {Bare(value)} or later",
            Operator.VersionLess => $"is earlier than version {Bare(value)}",
            Operator.VersionLessOrEqual => $"is version {Bare(value)} or earlier",
            Operator.Before => $"is before {Time(value)}",
            Operator.After => $"is after {Time(value)}",
            Operator.Address => $"is an address in {Any(value, isBare: true)}",
            Operator.Exists => value.ValueKind == JsonValueKind.False ? "is not set" : "is set",
            Operator.Kind => $"is of type {Any(value, isBare: true)}",
            Operator.Size => $"has a size that fits {ValueText.Of(value)}",
            Operator.Some => $"has an element that fits {ValueText.Of(value)}",
            _ => $"{TextList.Quote(condition.Operator)} {ValueText.Of(value)} (unknown operator: holds for nobody)",
        };
    }

    private static string OneOf(string one, string many, JsonElement value) => Operands(value, ValueText.Of) switch
    {
        [] => $"{many} nothing",
        [string single] => $"{one} {single}",
        { } several => $"{many} {TextList.Join(several, ", ")}",
    };

    private static string Any(JsonElement value, bool isBare = false) =>
        Operands(value, isBare ? Bare : ValueText.Of) is [_, ..] texts ? TextList.Join(texts, " or ") : "nothing";

    private static string[] Operands(JsonElement value, Func<JsonElement, string> textOf) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(textOf)] : [textOf(value)];

    // Versions, networks and types are words of their own: quotes would only stand in the way.
    private static string Bare(JsonElement value)
    {
        string text = ValueText.Of(value);
        return value.ValueKind == JsonValueKind.String && text.EndsWith('"') && !text.AsSpan(1..^1).ContainsAny(" \\\"") && text.Length > 2
            ? text[1..^1]
            : text;
    }

    private static string Time(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long unixMs) && Math.Abs(unixMs) < 60_000_000_000_000)
        {
            return ScheduleText.Of(DateTimeOffset.FromUnixTimeMilliseconds(unixMs));
        }

        return value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(
            Bare(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? ScheduleText.Of(time)
            : ValueText.Of(value);
    }
}
