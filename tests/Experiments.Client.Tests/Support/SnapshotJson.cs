using System.Text;
using System.Text.Json;

namespace Experiments.Client.Tests;

/// <summary>Snapshots of format 1 as text: valid unless a test says otherwise.</summary>
internal static class SnapshotJson
{
    public const string Environment = "prod";

    /// <summary>Two variants with payloads.</summary>
    public const string Variants =
        """[{"id":"id-control","key":"control","payload":{"color":"blue"}},{"id":"id-treatment","key":"treatment","payload":{"color":"green"}}]""";

    /// <summary>Half of the buckets each.</summary>
    public const string Halves =
        """[{"variantId":"id-control","rangeStart":0,"rangeEnd":4999},{"variantId":"id-treatment","rangeStart":5000,"rangeEnd":9999}]""";

    /// <summary>Every bucket to <c>treatment</c>.</summary>
    public const string Everyone = """[{"variantId":"id-treatment","rangeStart":0,"rangeEnd":9999}]""";

    /// <param name="experiments">A JSON array.</param>
    /// <param name="version">Of the snapshot.</param>
    /// <param name="environment">Of the snapshot.</param>
    /// <param name="extra">More members of the root object, each followed by a comma.</param>
    public static byte[] Of(string experiments = "[]", long version = 1, string environment = Environment, string extra = "") =>
        Encoding.UTF8.GetBytes(
            $"{{{extra}\"version\":{version},\"environment\":{JsonSerializer.Serialize(environment)},"
            + $"\"publishedAt\":\"2026-11-24T00:00:00.000Z\",\"experiments\":{experiments}}}");

    public static string Experiment(
        string key = "checkout",
        string salt = "salt",
        string audienceRules = "[]",
        string targetingRules = "[]",
        string variants = Variants,
        string allocations = Halves,
        string extra = "") =>
        $"{{{extra}\"id\":\"id-{key}\",\"key\":\"{key}\",\"salt\":\"{salt}\",\"audienceRules\":{audienceRules},"
        + $"\"targetingRules\":{targetingRules},\"variants\":{variants},\"allocations\":{allocations}}}";

    /// <summary>A list of one rule that has one condition.</summary>
    public static string Rule(string attribute, string op, string operand) =>
        $$"""[{"conditions":[{"attribute":"{{attribute}}","operator":"{{op}}","value":{{operand}}}]}]""";

    /// <summary>An experiment whose only variant, for everyone, has this payload.</summary>
    public static string Serving(string key, string payload, string variantKey = "on") => Experiment(
        key,
        variants: $$"""[{"id":"v","key":"{{variantKey}}","payload":{{payload}}}]""",
        allocations: """[{"variantId":"v","rangeStart":0,"rangeEnd":9999}]""");
}
