using System.Text;

namespace Experiments.Client.Tests.Reference;

/// <summary>
/// Small and nasty snapshots that readers accept, as UTF-8 JSON text; one seed is always the same text. Left out is what a reader
/// must or may refuse: reserved members, members of the wrong JSON type, random buckets.
/// </summary>
internal static class RandomSnapshots
{
    public const string Environment = "prod";
    public const long Version = 1;

    /// <summary>Experiments; what format 2 adds is there now and then, for readers to ignore.</summary>
    public static byte[] Format1(int seed)
    {
        var json = new RandomJson(seed);
        var values = new RandomValues(json, seed);
        var attributes = new RandomAttributes(json, values);
        var experiments = new RandomExperiments(json, new RandomOperators(json, values, attributes), newOperatorsPercent: 10);
        return Root(
            json,
            ("format", json.OneOf(null, null, "1")),
            ("experiments", json.Array(RandomJson.Times(json.Between(1, 4), () => experiments.Experiment(
                json.OneOf("e0", "e1", "e2", "e3", "f0"), json.Chance(5) ? "f1" : null, allocates: json.Chance(95))))),
            ("hashes", json.Chance(5) ? "{\"h1\":{\"fn\":\"crc32\",\"input\":[\"x\"],\"buckets\":1}}" : null),
            ("flags", json.Chance(5) ? "[{\"key\":\"f1\",\"variants\":{\"a\":1},\"rules\":[{\"serve\":\"a\"}]}]" : null));
    }

    /// <summary>Flags that ask for each other, audiences, hashes, and experiments with and without a flag.</summary>
    public static byte[] Format2(int seed)
    {
        var json = new RandomJson(seed);
        var values = new RandomValues(json, seed);
        var attributes = new RandomAttributes(json, values);
        var operators = new RandomOperators(json, values, attributes);
        var hashes = new RandomHashes(json, attributes);
        var conditions = new RandomConditions(json, values, operators, hashes);
        return Root(
            json,
            ("format", "2"),
            ("experiments", json.Array(Experiments(json, new RandomExperiments(json, operators, newOperatorsPercent: 60)))),
            ("hashes", hashes.All()),
            ("audiences", Audiences(json, conditions)),
            ("flags", json.Array(Flags(json, new RandomFlags(json, hashes, conditions)))));
    }

    private static byte[] Root(RandomJson json, params (string Name, string? Json)[] members) => Encoding.UTF8.GetBytes(json.Object(
    [
        ("version", $"{Version}"), ("environment", json.String(Environment)), ("publishedAt", "\"2026-11-23T03:00:00.000Z\""), json.Unknown(), .. members,
    ]));

    private static List<string> Experiments(RandomJson json, RandomExperiments experiments) => RandomJson.Times(json.Between(1, 4), () =>
    {
        string? flag = json.Chance(60) ? json.OneOf("f0", "f0", "f0", "f0", "f1", "f1", "f2", "f3", "nope") : null;
        string key = flag is not null && json.Chance(60) ? flag : json.OneOf("e0", "e1", "e2", "e3", "f1");
        return experiments.Experiment(key, flag, allocates: flag is null);
    });

    /// <summary>Each may name those after it, and now and then any: itself, one that is not there.</summary>
    private static string Audiences(RandomJson json, RandomConditions conditions)
    {
        int count = json.Below(4);
        return json.Object(Enumerable.Range(0, count).Select(i => ($"a{i}", (string?)json.Object(
            ("if", conditions.Condition(
                json.Chance(20) ? Later("f", -1, 4) : [],
                json.Chance(15) ? ["a0", "a1", "nope"] : Later("a", i, count))),
            ("meta", json.Chance(5) ? "{}" : null)))));
    }

    /// <summary>Each may ask for those after it, which makes chains, and now and then for any, which makes cycles.</summary>
    private static List<string> Flags(RandomJson json, RandomFlags flags)
    {
        int count = json.Between(1, 5);
        string[] keys = [.. Enumerable.Range(0, count).Select(i => json.Chance(3) ? "f0" : $"f{i}")];
        return [.. keys.Select((key, i) => flags.Flag(
            key,
            json.Chance(15) ? ["f0", "f1", "f2", "nope", "e0"] : Later("f", i, count),
            json.Chance(3) ? ["a0", "nope"] : ["a0"]))];
    }

    private static string[] Later(string letter, int i, int count) =>
        [.. Enumerable.Range(i + 1, Math.Max(0, count - i - 1)).Select(next => $"{letter}{next}")];
}
