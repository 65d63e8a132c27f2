using System.Security.Cryptography;
using System.Text;

namespace Experiments.FeatureManagement.Tests;

/// <summary>Snapshots of format 1, published to a directory the way the control server does: object, then pointer, each by renaming.</summary>
internal static class Snapshots
{
    public static void Publish(string directory, long version, string[] experiments, string environment = "prod")
    {
        byte[] content = Encoding.UTF8.GetBytes(
            $"{{\"version\":{version},\"environment\":\"{environment}\",\"publishedAt\":\"2026-11-24T00:00:00.000Z\","
            + $"\"experiments\":[{string.Join(',', experiments)}]}}");
        string folder = Path.Combine(directory, "configs", environment);
        Write(Path.Combine(folder, "snapshots", $"{version}.json"), content);
        Write(
            Path.Combine(folder, "version.json"),
            Encoding.UTF8.GetBytes($"{{\"version\":{version},\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"}}"));
    }

    /// <summary>Everyone that the rules let in gets the variant <c>on</c> with the payload <c>true</c>.</summary>
    public static string On(string key, string rules = "[]") => Serving(key, "on", "true", rules);

    /// <summary>Everyone that the rules let in gets this variant.</summary>
    public static string Serving(string key, string variant, string payload, string rules = "[]") =>
        $$"""
        {"id":"id-{{key}}","key":"{{key}}","salt":"s","audienceRules":[],"targetingRules":{{rules}},
         "variants":[{"id":"v","key":"{{variant}}","payload":{{payload}} }],"allocations":[{"variantId":"v","rangeStart":0,"rangeEnd":9999}]}
        """;

    /// <summary>Half of the users each.</summary>
    public static string Split(string key, string salt = "s") =>
        $$"""
        {"id":"id-{{key}}","key":"{{key}}","salt":"{{salt}}","audienceRules":[],"targetingRules":[],
         "variants":[{"id":"a","key":"A","payload":{"size":1} },{"id":"b","key":"B","payload":{"size":2} }],
         "allocations":[{"variantId":"a","rangeStart":0,"rangeEnd":4999},{"variantId":"b","rangeStart":5000,"rangeEnd":9999}]}
        """;

    /// <summary>A list of one rule that has one condition.</summary>
    public static string Rule(string attribute, string operand, string op = "eq") =>
        $$"""[{"conditions":[{"attribute":"{{attribute}}","operator":"{{op}}","value":{{operand}} }]}]""";

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
