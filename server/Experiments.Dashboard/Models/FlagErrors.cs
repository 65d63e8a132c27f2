using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Dashboard.Models;

/// <summary>Errors about flags for people, who count from 1 and do not know the names of fields.</summary>
internal static partial class FlagErrors
{
    /// <summary>Such as <c>Rule 2: weights must name at least one variant.</c> of <c>rules[1].serve.split.weights must name …</c>.</summary>
    public static string Of(string error) => Place().Match(error) is { Success: true } place
        ? $"{NameOf(place.Groups["list"].Value)} {int.Parse(place.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) + 1}"
            + (place.Groups["part"].Success ? ": " : "") + error[place.Length..]
        : error;

    private static string NameOf(string list) => list switch { "rules" => "Rule", "variants" => "Variant", _ => "Override" };

    [GeneratedRegex(
        @"^(?<list>rules|variants|overrides)\[(?<index>[0-9]{1,6})\](?<part>\.(serve\.(split\.)?)?)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
